//! The privacy notice: reading it, agreeing to it, writing the next version, publishing it.

mod default_english;
mod default_german;

use crate::{Services, local_time::local_time, markdown, sign_in::organisation_meant};
use domain::{
    Error, Language, OrganisationId,
    notice::{Agree, Draft, Edition, FindNotice, Notice, NoticePart, PartText, SaveNotice, ShownPart, Texts},
};
use store::{
    Caller, Grant, Read, System,
    grants::PrivacyManage,
    notice::{self, Seen},
    termination,
};

/// The level of the heading that a part stands under.
const PART_LEVEL: u8 = 2;

/// The current version, for everybody, or an earlier one, for those who are signed in. Nothing where
/// it is not clear of which organisation.
///
/// # Errors
/// `NotFound` for a version that isn't there, `Unauthenticated` for an earlier one without a caller.
pub async fn find(
    services: &Services,
    caller: Option<&Caller>,
    language: Language,
    request: FindNotice,
) -> Result<Option<Notice>, Error> {
    let Some(organisation) = organisation_of(services, caller, &request.organisation).await? else {
        return Ok(None);
    };
    let mut read = services.store().read().await?;
    let Some(current) = notice::current(&mut read, organisation).await? else { return Ok(None) };
    let editions = match caller {
        Some(caller) => notice::editions(&mut read, &caller.own()).await?,
        None if request.version.is_some() => return Err(Error::Unauthenticated),
        None => Vec::new(),
    };
    let edition = match request.version {
        Some(version) => editions.iter().find(|it| it.version == version).ok_or(Error::NotFound)?,
        None => &current,
    };
    // What a preview shows is nobody's own.
    let own = caller.filter(|caller| caller.preview().is_none());
    let agreed = match own {
        Some(caller) => notice::agreed_at(&mut read, &caller.own(), edition.version).await?,
        None => None,
    };
    let last_admin = match own {
        Some(caller) => termination::is_last_admin(&mut read, &caller.own()).await?,
        None => false,
    };
    let texts = notice::texts(&mut read, edition).await?;
    let at = |moment| local_time(moment, &current.time_zone);
    let listed = |it: &notice::Edition| Edition { version: it.version, published: at(it.published_at) };
    Ok(Some(Notice {
        organisation: current.organisation_name.clone(),
        version: edition.version,
        published: at(edition.published_at),
        current: edition.version == current.version,
        agreed: agreed.map(at),
        parts: shown(texts.as_slice().iter().filter(|it| it.language == language)),
        editions: editions.iter().map(listed).collect(),
        last_admin,
    }))
}

async fn organisation_of(
    services: &Services,
    caller: Option<&Caller>,
    named: &str,
) -> Result<Option<OrganisationId>, Error> {
    match caller {
        Some(caller) => Ok(Some(caller.organisation())),
        None => organisation_meant(services, named.trim()).await,
    }
}

/// Agrees to the current version.
///
/// # Errors
/// `NoticePublished` if another one is current by now.
pub async fn agree(services: &Services, caller: &Caller, request: &Agree) -> Result<(), Error> {
    let (grant, version) = (caller.own(), request.version);
    Ok(services.store().write(async move |tx| notice::agree(tx, &grant, version).await).await?)
}

/// The next version, as it is being written.
///
/// # Errors
/// `Forbidden`.
pub async fn find_draft(services: &Services, caller: &Caller) -> Result<Draft, Error> {
    let grant = caller.require::<PrivacyManage>()?;
    let mut read = services.store().read().await?;
    let current = notice::current(&mut read, grant.organisation()).await?.ok_or(Error::NotFound)?;
    let (version, texts) = match notice::draft(&mut read, &grant).await? {
        Some(draft) => draft,
        None => (0, next_of(&mut read, &current).await?),
    };
    Ok(Draft {
        current: current.version,
        version,
        shown: shown(texts.as_slice()),
        texts: texts.as_slice().to_vec(),
        users: notice::count_readers(&mut read, &grant).await?,
    })
}

/// What the next version begins with: all of the current one but what changed.
async fn next_of(read: &mut Read, current: &notice::Edition) -> Result<Texts, Error> {
    let texts = notice::texts(read, current).await?;
    let kept: Vec<_> = texts.as_slice().iter().filter(|it| it.part != NoticePart::Changes).cloned().collect();
    Ok(Texts::parse(&kept)?)
}

/// Saves the draft, which may have gaps.
///
/// # Errors
/// `Forbidden`, `Invalid`; `NoticePublished` or `Stale` if somebody was faster.
pub async fn save_draft(services: &Services, caller: &Caller, request: SaveNotice) -> Result<Draft, Error> {
    let (grant, texts) = (caller.require::<PrivacyManage>()?, Texts::parse(&request.texts)?);
    let seen = Seen { current: request.current, draft: request.version };
    services.store().write(async move |tx| notice::save_draft(tx, &grant, seen, &texts).await).await?;
    find_draft(services, caller).await
}

/// Publishes what was typed as the next version.
///
/// # Errors
/// `Forbidden`; `Invalid` with each part that says nothing; `NoticePublished` or `Stale` if somebody
/// was faster; `NothingToPublish` if it says what the current version says.
pub async fn publish(services: &Services, caller: &Caller, request: SaveNotice) -> Result<(), Error> {
    let (grant, texts) = (caller.require::<PrivacyManage>()?, Texts::parse(&request.texts)?);
    texts.complete(request.current == 0)?;
    let seen = Seen { current: request.current, draft: request.version };
    Ok(services.store().write(async move |tx| notice::publish(tx, &grant, seen, &texts).await).await?)
}

/// Gives organisations that are older than the notice the one that Assent ships.
///
/// # Errors
/// `Internal`.
pub async fn supply(services: &Services) -> Result<usize, Error> {
    let without = notice::organisations_without(&mut services.store().read().await?).await?;
    let count = without.len();
    for (organisation, name) in without {
        let (grant, texts) = (Grant::<System>::system(organisation), shipped(&name));
        services.store().write(async move |tx| notice::publish_first(tx, &grant, &texts).await).await?;
    }
    Ok(count)
}

/// The notice that Assent ships, for an organisation of that name.
pub(crate) fn shipped(organisation: &str) -> Texts {
    let name = markdown::plain(organisation);
    let mut texts = Vec::new();
    for part in NoticePart::ALL {
        for language in Language::ALL {
            let text = match language {
                Language::English => default_english::text(part),
                Language::German => default_german::text(part),
            };
            texts.push(PartText { language, part, text: text.replace("{organisation}", &name) });
        }
    }
    Texts::parse(&texts).unwrap_or_default()
}

fn shown<'a>(texts: impl IntoIterator<Item = &'a PartText>) -> Vec<ShownPart> {
    let show = |it: &PartText| ShownPart {
        language: it.language,
        part: it.part,
        html: markdown::render(&it.text, PART_LEVEL),
    };
    texts.into_iter().filter(|it| !it.text.is_empty()).map(show).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shipped_is_whole_in_both_languages_and_names_the_organisation() {
        let texts = shipped("North*wind_ <Partners>");
        assert_eq!(texts.complete(false), Ok(()));
        for shown in shown(texts.as_slice()) {
            let html = shown.html.as_str();
            assert!(!html.contains("{organisation}"), "{html}");
            if shown.part == NoticePart::Controller {
                assert!(html.contains("North*wind_ &lt;Partners&gt;"), "{html}");
            }
        }
    }
}
