//! Preview: looking at the app as a role or a user would see it. Who may manage roles may. It is read-only, and never
//! shows more than the previewer may see: `store::preview` masks the caller, and `app::context` refuses what would
//! change something.

use crate::{Services, privacy};
use domain::{
    Error,
    history::{Action, Subject},
    preview::{StartPreview, Target, View},
};
use store::{
    Caller,
    grants::{RolesManage, UsersView},
    history, preview, roles, users,
};

/// Starts one for the session that the caller came with, and writes down whose view it is of. Whoever is previewed
/// sees it among who looked at them.
///
/// # Errors
/// `Forbidden`, `NotFound`, `InPreview` within a preview.
pub async fn start(services: &Services, caller: &Caller, request: StartPreview) -> Result<(), Error> {
    caller.require_no_preview()?;
    caller.require::<RolesManage>()?;
    let (target, view) = (request.target, caller.require::<UsersView>()?);
    services
        .write_as(caller, async move |tx, caller| {
            let (grant, view) = (caller.require::<RolesManage>()?, caller.require::<UsersView>()?);
            let (action, subject) = match target {
                Target::Role(id) => {
                    let role = roles::find(tx, &grant, id).await?.name;
                    (Action::RolePreviewed { role }, Subject::Role(id))
                }
                Target::User(id) => {
                    users::find(tx, &view, id).await?;
                    (Action::UserPreviewed, Subject::User(id))
                }
            };
            preview::start(tx, &caller, &grant, target).await?;
            history::record(tx, &grant, action, subject).await
        })
        .await?;
    match target {
        Target::Role(_) => Ok(()),
        Target::User(id) => privacy::note_view(services, caller, &view, id).await,
    }
}

/// Ends it, if there is one, and says the path of the page that it was started from.
///
/// # Errors
/// `Internal`.
pub async fn end(services: &Services, caller: &Caller) -> Result<String, Error> {
    let previewer = caller.clone();
    services.store().write(async move |tx| preview::end(tx, &previewer).await).await?;
    Ok(match caller.preview() {
        Some(View { of: Some(viewed), .. }) => viewed.target.path(),
        Some(View { of: None, .. }) | None => "/".to_owned(),
    })
}
