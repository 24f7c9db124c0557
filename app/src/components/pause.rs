//! The pause in typing after which something is looked for.

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use std::time::Duration;

/// How long nothing has to be typed.
const PAUSE: Duration = Duration::from_millis(250);

/// At most one wait. It ends with the component.
#[derive(Clone, Copy)]
pub struct Pause(StoredValue<Option<TimeoutHandle>>);

impl Pause {
    pub fn new() -> Self {
        let pause = Self(StoredValue::default());
        on_cleanup(move || pause.stop());
        pause
    }

    /// Waits from now on, in place of what was waited for.
    pub fn then(self, act: impl FnOnce() + 'static) {
        self.stop();
        self.0.set_value(set_timeout_with_handle(act, PAUSE).ok());
    }

    pub fn stop(self) {
        if let Some(timer) = self.0.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
