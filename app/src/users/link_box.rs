//! The one-time link, shown once.

use crate::{
    components::{copy_field::copy_field, local_time::moment},
    messages::messages,
};
use domain::users::PasswordLink;
use leptos::{html, prelude::*};

/// The link, with a button to copy it. It takes the focus when it appears.
pub fn link_box(link: &PasswordLink) -> AnyView {
    let say = &messages().users;
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = node.get() {
            drop(input.focus());
            input.select();
        }
    });
    let hint = view! { {say.link_once} " " {say.link_until} " " {moment(link.expires)} "." }.into_any();
    copy_field(node, "password-link", say.link, &link.url, hint)
}
