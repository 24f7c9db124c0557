//! Dialogs: the browser's own, so focus, Escape and what lies behind are right.

use crate::{
    components::{
        field::{ErrorSummary, SubmitButton},
        form::Form,
    },
    messages::messages,
};
use leptos::{html, prelude::*};

/// A dialog with a title. Open and close it by its signal.
#[component]
pub fn Dialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its `id`, one of its own on the page.
    id: &'static str,
    /// Its heading.
    #[prop(into)]
    title: Signal<String>,
    /// What is in it, made when it is opened.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            drop(dialog.show_modal());
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    let children = StoredValue::new(children);
    view! {
        <dialog node_ref=node id=id class="dialog" aria-labelledby=labelled_by on:close=move |_| open.set(false)>
            <h2 id=title_id>{move || title.get()}</h2>
            {move || open.get().then(|| children.with_value(|children| children()))}
        </dialog>
    }
    .into_any()
}

/// Asks before something is done that can't be taken back. `children` say what will happen.
#[component]
pub fn ConfirmDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its `id`, one of its own on the page.
    id: &'static str,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What the button says that does it, when the dialog is opened.
    #[prop(into)]
    confirm: Signal<String>,
    /// Sends the request: `form.send(…)`, and closes the dialog when it was taken.
    form: Form,
    /// What happens on confirmation.
    #[prop(into)]
    on_confirm: Callback<()>,
    /// Whether it destroys something.
    #[prop(default = true)]
    danger: bool,
    /// What will happen, in words and numbers.
    children: ChildrenFn,
) -> impl IntoView {
    let cancel = messages().common.cancel;
    let children = StoredValue::new(children);
    view! {
        <Dialog open id title>
            <form
                method="post"
                novalidate
                on:submit=move |event| {
                    event.prevent_default();
                    on_confirm.run(());
                }
            >
                <ErrorSummary form/>
                {children.with_value(|children| children())}
                <div class="row end">
                    <button type="button" on:click=move |_| open.set(false)>{cancel}</button>
                    <SubmitButton form label=confirm.get_untracked() danger/>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}
