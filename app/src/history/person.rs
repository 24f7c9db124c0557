//! The person whose actions are listed, found by a part of the name. What is typed stands in no address, only the
//! id of who is chosen. A combobox with a list (WAI-ARIA 1.2); without a script the names in the list lead there.

use crate::{
    Failure,
    components::{
        dynamic::dynamic, failure_view::failure_text, focus::focus, pause::Pause, person_name::person_name,
    },
    history::{functions, list::marks},
    messages::{Messages, messages},
    session::{OpenSession, use_session},
    shell::is_hydrated,
};
use domain::{
    Error, UserId,
    history::{FindPeople, ListHistory, Named},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

const LIST: &str = "history-people";

const FIELD: &str = "history-person";

/// What is typed, and who is offered for it.
#[derive(Clone, Copy)]
pub struct Person {
    typed: RwSignal<String>,
    offered: RwSignal<Vec<Named<UserId>>>,
    /// The place in the list that Enter takes.
    active: RwSignal<usize>,
    /// Why nobody is offered.
    said: RwSignal<String>,
    pause: Pause,
    /// How often the list was closed: an answer to an older question is nobody's any more.
    closed: StoredValue<u32>,
    choose: Callback<UserId>,
    session: OpenSession,
    words: &'static Messages,
}

impl Person {
    /// Nothing is typed yet.
    pub fn new(request: Memo<ListHistory>) -> Self {
        let navigate = use_navigate();
        let choose = Callback::new(move |person| {
            let wanted = ListHistory { person: Some(person), after: None, ..request.get_untracked() };
            let path = format!("/history{}", wanted.to_query());
            navigate(&path, NavigateOptions { scroll: false, ..Default::default() });
        });
        Self {
            typed: RwSignal::default(),
            offered: RwSignal::default(),
            active: RwSignal::default(),
            said: RwSignal::default(),
            pause: Pause::new(),
            closed: StoredValue::default(),
            choose,
            session: use_session(),
            words: messages(),
        }
    }

    /// The field.
    pub fn draw(self) -> AnyView {
        let words = &self.words.history;
        let is_open = move || self.offered.with(|offered| !offered.is_empty());
        let active = move || is_open().then(|| option_id(self.active.get()));
        view! {
            <div class="field combobox">
                <label for=FIELD>{words.person_label}</label>
                <input
                    type="search"
                    id=FIELD
                    role="combobox"
                    aria-autocomplete="list"
                    aria-controls=LIST
                    aria-expanded=move || if is_open() { "true" } else { "false" }
                    aria-activedescendant=active
                    maxlength="100"
                    autocomplete="off"
                    disabled=move || !is_hydrated()
                    prop:value=move || self.typed.get()
                    on:input=move |event| self.type_in(event_target_value(&event))
                    // The form around it filters by what was chosen, not by what is typed.
                    on:change=|event| event.stop_propagation()
                    on:keydown=move |event| self.press(&event)
                    on:blur=move |_| self.close()
                />
                <div class="choices">
                    <p role="status">{dynamic(move || self.reason())}</p>
                    <ul role="listbox" id=LIST aria-label=words.person_label>
                        {dynamic(move || self.options())}
                    </ul>
                </div>
            </div>
        }
        .into_any()
    }

    fn reason(self) -> Option<AnyView> {
        let said = self.said.get();
        (!said.is_empty()).then(|| said.into_any())
    }

    fn options(self) -> Vec<AnyView> {
        let option = |(at, person): (usize, &Named<UserId>)| {
            let id = person.id;
            view! {
                <li
                    role="option"
                    id=option_id(at)
                    aria-selected=move || if self.active.get() == at { "true" } else { "false" }
                    // The field keeps the focus.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| self.take(id)
                >
                    {person_name(&person.name).to_owned()}
                    {marks(person)}
                </li>
            }
            .into_any()
        };
        self.offered.with(|offered| offered.iter().enumerate().map(option).collect())
    }

    fn type_in(self, text: String) {
        self.close();
        self.typed.set(text);
        self.pause.then(move || spawn_local(self.look()));
    }

    async fn look(self) {
        let (search, closed) = (self.typed.get_untracked(), self.closed.get_value());
        if search.trim().is_empty() {
            return;
        }
        let answer = functions::find_people(FindPeople { search }).await;
        // Whoever typed on, or has left the field or the page, is told nothing.
        if self.closed.try_get_value() != Some(closed) {
            return;
        }
        match answer {
            Ok(people) if people.is_empty() => self.said.set(self.words.history.nobody.to_owned()),
            Ok(people) => self.offered.set(people),
            Err(failure) => {
                self.said.set(self.told(&failure));
                self.session.mind(&failure);
            }
        }
    }

    fn told(self, failure: &Failure) -> String {
        match failure {
            Failure::Refused(Error::Invalid(problems)) => problems
                .iter()
                .map(|it| (self.words.fields.problem)(it.problem))
                .collect::<Vec<_>>()
                .join(" "),
            _ => failure_text(failure).text,
        }
    }

    fn press(self, event: &web_sys::KeyboardEvent) {
        // The keys that choose among letters choose nobody.
        if event.is_composing() {
            return;
        }
        let count = self.offered.with_untracked(Vec::len);
        let key = event.key();
        match key.as_str() {
            "ArrowDown" if count > 0 => self.active.update(|active| *active = (*active + 1) % count),
            // What was closed opens again.
            "ArrowDown" => spawn_local(self.look()),
            "ArrowUp" if count > 0 => self.active.update(|active| *active = (*active + count - 1) % count),
            "Enter" if count > 0 => self.take_active(),
            "Escape" if count > 0 || self.said.with_untracked(|said| !said.is_empty()) => self.close(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Whether a name is typed that nobody was chosen for: then who is meant is found, or said not to be there.
    pub fn insists(self) -> bool {
        if self.typed.with_untracked(|typed| typed.trim().is_empty()) {
            return false;
        }
        self.close();
        let _ = focus(FIELD);
        let closed = self.closed.get_value();
        spawn_local(async move {
            self.look().await;
            // Whoever typed on, or left, means somebody else, or nobody.
            let is_meant = self.closed.try_get_value() == Some(closed);
            if is_meant && self.offered.with_untracked(Vec::len) == 1 {
                self.take_active();
            }
        });
        true
    }

    /// Forgets what is typed.
    pub fn forget(self) {
        self.close();
        self.typed.set(String::new());
    }

    fn take_active(self) {
        let at = self.active.get_untracked();
        if let Some(id) = self.offered.with_untracked(|offered| offered.get(at).map(|person| person.id)) {
            self.take(id);
        }
    }

    fn take(self, person: UserId) {
        self.forget();
        self.choose.run(person);
    }

    fn close(self) {
        self.pause.stop();
        self.closed.update_value(|closed| *closed += 1);
        self.offered.set(Vec::new());
        self.active.set(0);
        self.said.set(String::new());
    }
}

fn option_id(at: usize) -> String {
    format!("{LIST}-{at}")
}
