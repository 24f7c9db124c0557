//! What the page before and this one added to which counter. The server counts a page that it loads when it
//! renders it; of a page that is opened in the browser it is told. Only this open page remembers what its
//! reader opened before; the server keeps nothing of it.

use domain::insights::Feature;
use leptos::prelude::*;

/// The counters that pages added to. `Copy`, found by [`use_uses`].
#[derive(Clone, Copy)]
pub struct Uses {
    before: StoredValue<Option<Feature>>,
    #[cfg_attr(feature = "ssr", expect(dead_code, reason = "only in a browser does another page follow"))]
    here: StoredValue<Option<Feature>>,
}

/// Counts the page that is being loaded, and makes it known to all components below.
pub fn provide_uses() {
    let loaded = SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return crate::context::count_page();
        #[cfg(not(feature = "ssr"))]
        [None::<Feature>; 2]
    });
    let [before, here] = loaded.into_inner();
    provide_context(Uses { before: StoredValue::new(before), here: StoredValue::new(here) });
}

/// Those of this open page.
#[must_use]
pub fn use_uses() -> Uses {
    expect_context()
}

impl Uses {
    /// What the page before counted for, where that is known.
    #[must_use]
    pub fn before(self) -> Option<Feature> {
        self.before.get_value()
    }

    /// Another page is opened in the browser. It shows as the page before only once the server says that it was
    /// counted.
    #[cfg(not(feature = "ssr"))]
    pub fn open(self, path: &str) {
        self.before.set_value(self.here.get_value());
        self.here.set_value(None);
        // Nobody is counted who is signed out, or looks at what somebody else would see.
        let counts = untrack(|| crate::session::use_session().is_own());
        let Some(feature) = Feature::at(path).filter(|_| counts) else { return };
        leptos::task::spawn_local(async move {
            let opened = domain::insights::Opened { feature };
            if super::functions::count(opened).await == Ok(true) {
                self.here.set_value(Some(feature));
            }
        });
    }
}
