//! How to reach the organisation. Everybody may read it; changing it takes `organisation.manage`.

use crate::{Services, sign_in::organisation_meant};
use domain::{
    Error,
    history::{Action, Subject},
    support::{Channel, ChannelKind, FindSupport, Support, SupportForm},
};
use store::{Caller, grants::OrganisationManage, history, sign_in, support};

/// How to reach the caller's organisation, or for somebody who is signed out the one that they name.
/// One that isn't known answers like one that has said nothing.
///
/// # Errors
/// `Internal`.
pub async fn find(
    services: &Services,
    caller: Option<&Caller>,
    request: FindSupport,
) -> Result<Support, Error> {
    let organisation = match caller {
        Some(caller) => Some(caller.organisation()),
        None => organisation_meant(services, request.organisation.trim()).await?,
    };
    let mut read = services.store().read().await?;
    let ask_organisation = caller.is_none() && sign_in::organisations(&mut read).await?.len() > 1;
    let published = match organisation {
        Some(organisation) => support::published(&mut read, organisation).await?,
        None => support::Published::default(),
    };
    Ok(Support {
        ask_organisation,
        channels: published.channels,
        protection_contact: published.protection_contact.unwrap_or_default(),
        protection_email: published.protection_email.unwrap_or_default(),
    })
}

/// What is set, with the kinds of channels that are not used after those that are.
///
/// # Errors
/// `Forbidden`.
pub async fn settings(services: &Services, caller: &Caller) -> Result<SupportForm, Error> {
    let grant = caller.require::<OrganisationManage>()?;
    let published = support::published(&mut services.store().read().await?, grant.organisation()).await?;
    let mut channels = published.channels;
    for kind in ChannelKind::ALL {
        if channels.iter().all(|channel| channel.kind != kind) {
            channels.push(Channel { kind, address: String::new(), hours: String::new() });
        }
    }
    Ok(SupportForm {
        version: published.version,
        channels,
        protection_contact: published.protection_contact.unwrap_or_default(),
        protection_email: published.protection_email.unwrap_or_default(),
    })
}

/// Changes it.
///
/// # Errors
/// `Forbidden`, `Invalid`, `Stale`.
pub async fn save(services: &Services, caller: &Caller, request: SupportForm) -> Result<SupportForm, Error> {
    let grant = caller.require::<OrganisationManage>()?;
    let fields = request.parse()?;
    services
        .store()
        .write(async move |tx| {
            support::save(tx, &grant, request.version, &fields).await?;
            history::record(tx, &grant, Action::SupportChanged, Subject::Organisation).await
        })
        .await?;
    settings(services, caller).await
}
