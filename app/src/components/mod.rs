//! What several features draw. Class names are those of `style/`.

pub mod badge;
pub mod copy_field;
pub mod dialog;
pub mod dynamic;
pub mod empty;
pub mod failure_view;
pub mod field;
pub mod filter;
pub mod focus;
pub mod form;
pub mod frame;
pub mod local_time;
pub mod page_head;
pub mod pager;
pub mod pause;
pub mod person_name;
pub mod question;
pub mod toast;
