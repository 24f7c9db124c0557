//! Closing the organisation: any active platform admin may, after a dry run, with its name typed and a
//! fresh proof; or whoever runs the installation, by command. It works before the notice is agreed to,
//! since whoever doesn't agree must be able to go.

use crate::Services;
use domain::{
    Error, Field, FieldError, OrganisationId, Problem,
    closing::{CloseOrganisation, ClosingPreview},
};
use store::{Caller, Grant, closing, grants::RolesManage, sign_in};

/// What closing would do, in numbers.
///
/// # Errors
/// `Forbidden` for those who are no platform admins.
pub async fn preview(services: &Services, caller: &Caller) -> Result<ClosingPreview, Error> {
    let grant = caller.require::<RolesManage>()?;
    let mut read = services.store().read().await?;
    let admin = closing::require_admin(&mut read, &grant).await?;
    let parts = closing::preview(&mut read, &admin).await?;
    Ok(ClosingPreview { organisation: caller.session().organisation, parts })
}

/// Closes it: with the answer everybody is signed out for good, and the rest is under way.
///
/// # Errors
/// `Forbidden` for those who are no platform admins, `Invalid` for another name, `ProofNeeded`.
pub async fn close(services: &Services, caller: &Caller, request: &CloseOrganisation) -> Result<(), Error> {
    caller.require::<RolesManage>()?;
    let (organisation, name) = (caller.organisation(), request.name.trim().to_owned());
    services
        .write_as(caller, async move |tx, caller| {
            let admin = closing::require_admin(tx, &caller.require::<RolesManage>()?).await?;
            if name != caller.session().organisation {
                let another = FieldError { field: Field::Organisation, problem: Problem::AnotherName };
                return Err(Error::from(another).into());
            }
            closing::begin(tx, &admin, &caller.proven(tx.now())?).await
        })
        .await?;
    // It may take longer than somebody waits, and must not end with their connection.
    let store = services.store().clone();
    tokio::spawn(async move {
        if let Err(error) = closing::finish(&store, organisation).await {
            tracing::error!("an organisation could not be closed to the end, which is tried again: {error}");
        }
    });
    Ok(())
}

/// The organisation of that name, and what closing it would do: for whoever runs the installation.
///
/// # Errors
/// `NotFound`; `Conflict` where several have that name, so that it does not say which.
pub async fn preview_named(
    services: &Services,
    name: &str,
) -> Result<(OrganisationId, ClosingPreview), Error> {
    let mut read = services.store().read().await?;
    let name = name.trim();
    let organisation = sign_in::only_organisation_named(&mut read, name).await?;
    let parts = closing::preview_of(&mut read, &Grant::system(organisation)).await?;
    Ok((organisation, ClosingPreview { organisation: name.to_owned(), parts }))
}

/// Closes it. False while somebody reads the files of the database: then the server goes on.
///
/// # Errors
/// `Internal`.
pub async fn close_by_command(services: &Services, organisation: OrganisationId) -> Result<bool, Error> {
    let store = services.store();
    closing::begin_for(store, &Grant::system(organisation)).await?;
    Ok(closing::finish(store, organisation).await?)
}
