//! What class of device somebody signs in with: browser and system, and nothing finer, so that it
//! can't tell two devices of a kind apart.

use serde::{Deserialize, Serialize};

/// A class of devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The browser.
    pub browser: Browser,
    /// The operating system.
    pub system: System,
}

macro_rules! family {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $code:literal: $shown:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the names say it")]
        pub enum $name {
            $($variant,)*
            #[default]
            Other,
        }

        impl $name {
            const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Other => "other",
                }
            }

            fn from_code(code: &str) -> Self {
                [$(Self::$variant),*].into_iter().find(|it| it.code() == code).unwrap_or_default()
            }

            /// Its name, the same in every language; nothing where it isn't known.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($shown),)*
                    Self::Other => None,
                }
            }
        }
    };
}

family! {
    /// A browser.
    Browser { Firefox = "firefox": "Firefox", Edge = "edge": "Edge", Opera = "opera": "Opera",
              Chrome = "chrome": "Chrome", Safari = "safari": "Safari" }
}

family! {
    /// An operating system.
    System { Windows = "windows": "Windows", Android = "android": "Android", Ios = "ios": "iOS",
             MacOs = "macos": "macOS", Linux = "linux": "Linux" }
}

impl Device {
    /// The class in a `User-Agent` header (RFC 9110, 10.1.5). The more special names come first,
    /// since browsers also write the names of those that they want to pass for.
    #[must_use]
    pub fn of_user_agent(header: &str) -> Self {
        let named = |names: &[&str]| names.iter().any(|name| header.contains(name));
        let browser = match () {
            () if named(&["Firefox/", "FxiOS/"]) => Browser::Firefox,
            () if named(&["Edg/", "EdgA/", "EdgiOS/"]) => Browser::Edge,
            () if named(&["OPR/"]) => Browser::Opera,
            () if named(&["Chrome/", "CriOS/", "Chromium/"]) => Browser::Chrome,
            () if named(&["Safari/"]) => Browser::Safari,
            () => Browser::Other,
        };
        let system = match () {
            () if named(&["Windows"]) => System::Windows,
            () if named(&["Android"]) => System::Android,
            () if named(&["iPhone", "iPad"]) => System::Ios,
            () if named(&["Mac OS X", "Macintosh"]) => System::MacOs,
            () if named(&["Linux", "X11"]) => System::Linux,
            () => System::Other,
        };
        Self { browser, system }
    }

    /// What the database holds: `firefox/linux`.
    #[must_use]
    pub fn code(self) -> String {
        format!("{}/{}", self.browser.code(), self.system.code())
    }

    /// The class of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        let (browser, system) = code.split_once('/').unwrap_or_default();
        Self { browser: Browser::from_code(browser), system: System::from_code(system) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_told_apart_and_nothing_finer() {
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                    Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                     (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
        for (header, code) in
            [(firefox, "firefox/linux"), (edge, "edge/windows"), (phone, "safari/ios"), ("", "other/other")]
        {
            let device = Device::of_user_agent(header);
            assert_eq!(device.code(), code);
            assert_eq!(Device::from_code(code), device);
        }
        let newer = firefox.replace("142", "143");
        assert_eq!(Device::of_user_agent(&newer), Device::of_user_agent(firefox));
    }
}
