//! How to reach the organisation: who changes it, and what those see who are signed out.

mod support;

use domain::{
    Conflict, Error, Field, FieldError, Permission, Problem,
    history::{Action, ListHistory},
    support::{Channel, ChannelKind, FindSupport, SupportForm},
};
use services::{history, support as channels};
use support::World;

fn channel(kind: ChannelKind, address: &str, hours: &str) -> Channel {
    Channel { kind, address: address.into(), hours: hours.into() }
}

fn filled(version: i64) -> SupportForm {
    SupportForm {
        version,
        channels: vec![
            channel(ChannelKind::Phone, "+49 30 1234", "Mon to Fri, 9 to 17"),
            channel(ChannelKind::Email, "", "never"),
            channel(ChannelKind::Chat, "https://chat.example.org/help", ""),
        ],
        protection_contact: "Dana Petersen".into(),
        protection_email: "privacy@northwind.example".into(),
    }
}

fn nobody(organisation: &str) -> FindSupport {
    FindSupport { organisation: organisation.into() }
}

on_both!(channels_are_shown_to_everybody_in_their_order, async |world: World| {
    let (admin, tom) = (world.caller("admin").await, world.caller("tom").await);
    let services = &world.services;
    let empty = channels::settings(services, &admin).await.expect("settings");
    assert_eq!(empty.channels.iter().map(|it| it.kind).collect::<Vec<_>>(), ChannelKind::ALL);
    let saved = channels::save(services, &admin, filled(0)).await.expect("saved");
    let order: Vec<_> = saved.channels.iter().map(|it| it.kind).collect();
    assert_eq!(order, [ChannelKind::Phone, ChannelKind::Chat, ChannelKind::Email, ChannelKind::Post]);
    for caller in [None, Some(&tom)] {
        let found = channels::find(services, caller, nobody("")).await.expect("found");
        assert_eq!(found.channels, [filled(0).channels[0].clone(), filled(0).channels[2].clone()]);
        assert_eq!(found.protection_contact, "Dana Petersen");
        assert!(!found.ask_organisation);
    }
    let again = channels::save(services, &admin, filled(0)).await;
    assert_eq!(again, Err(Conflict::Stale.into()), "the version on the screen was older");
    let mut reversed = filled(1);
    reversed.channels.reverse();
    channels::save(services, &admin, reversed).await.expect("saved");
    let found = channels::find(services, None, nobody("")).await.expect("found");
    assert_eq!(
        found.channels.iter().map(|it| it.kind).collect::<Vec<_>>(),
        [ChannelKind::Chat, ChannelKind::Phone]
    );
    let entries = history::list(services, &admin, ListHistory::default()).await.expect("the history").entries;
    assert_eq!(entries[0].action, Action::SupportChanged);
});

on_both!(only_who_may_changes_them_and_only_to_what_is_safe, async |world: World| {
    let (admin, tom) = (world.caller("admin").await, world.caller("tom").await);
    let services = &world.services;
    let needs = Err(Error::Forbidden { needs: Some(Permission::OrganisationManage) });
    assert_eq!(channels::settings(services, &tom).await, needs);
    assert_eq!(channels::save(services, &tom, filled(0)).await, needs);
    let script = channel(ChannelKind::Chat, "javascript:alert(1)", "");
    let request = SupportForm { channels: vec![script], ..SupportForm::default() };
    let wrong = FieldError { field: Field::Channel(ChannelKind::Chat), problem: Problem::NotAnHttpsAddress };
    assert_eq!(channels::save(services, &admin, request).await, Err(wrong.into()));
    assert!(channels::find(services, None, nobody("")).await.expect("found").channels.is_empty());
});

on_both!(where_there_are_several_organisations_one_has_to_be_named, async |world: World| {
    let admin = world.caller("admin").await;
    let services = &world.services;
    channels::save(services, &admin, filled(0)).await.expect("saved");
    world.stranger().await;
    let find = async |name: &str| channels::find(services, None, nobody(name)).await.expect("found");
    assert_eq!(find(" Northwind Partners ").await.channels.len(), 2);
    let silent = find("Southwind").await;
    assert!(silent.ask_organisation && silent.channels.is_empty());
    assert_eq!(find("Nowhere").await, silent, "one that isn't known looks like one that has said nothing");
    assert_eq!(find("").await, silent);
    let own = channels::find(services, Some(&admin), nobody("Southwind")).await.expect("found");
    assert_eq!((own.channels.len(), own.ask_organisation), (2, false), "one's own, whatever is named");
});
