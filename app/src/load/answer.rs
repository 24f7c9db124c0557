//! A loaded answer whose type only the page knows: everything between the request and the page
//! exists once for all types.

use leptos::server::codee::{Decoder, Encoder};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    any::Any,
    sync::{Arc, OnceLock},
};

use crate::{
    Failure,
    read::{Unreadable, read},
};

/// An answer, or the text of one that stands in the page and is read when it is first needed.
#[derive(Clone)]
pub struct Answer(Arc<Held>);

struct Held {
    text: String,
    value: OnceLock<Option<Box<dyn Value>>>,
}

/// What all answers can do.
trait Value: Any + Send + Sync {
    fn same(&self, other: &dyn Value) -> bool;
    /// The answer as JSON, for the page.
    #[cfg(feature = "ssr")]
    fn write(&self) -> serde_json::Result<String>;
}

impl<T: PartialEq + Serialize + Send + Sync + 'static> Value for T {
    fn same(&self, other: &dyn Value) -> bool {
        (other as &dyn Any).downcast_ref().is_some_and(|other| self == other)
    }

    #[cfg(feature = "ssr")]
    fn write(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

impl Answer {
    pub fn new<T: PartialEq + Serialize + Send + Sync + 'static>(value: T) -> Self {
        let value: Box<dyn Value> = Box::new(value);
        Self(Arc::new(Held { text: String::new(), value: OnceLock::from(Some(value)) }))
    }

    /// The value, unless the answer is of another type.
    pub fn value<T>(&self) -> Option<&T>
    where
        T: PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
    {
        let read = || {
            let value = read::<T>(&self.0.text).ok()?;
            Some(Box::new(value) as Box<dyn Value>)
        };
        let value: &dyn Any = self.0.value.get_or_init(read).as_deref()?;
        value.downcast_ref()
    }
}

impl PartialEq for Answer {
    /// An answer that nobody has read is like no other.
    fn eq(&self, other: &Self) -> bool {
        match (self.0.value.get(), other.0.value.get()) {
            (Some(Some(this)), Some(Some(other))) => this.same(&**other),
            _ => Arc::ptr_eq(&self.0, &other.0),
        }
    }
}

/// How an answer or a failure stands in the page: a letter that says which, and JSON.
pub struct InPage;

impl Encoder<Result<Answer, Failure>> for InPage {
    type Error = Unreadable;
    type Encoded = String;

    #[cfg(feature = "ssr")]
    fn encode(answer: &Result<Answer, Failure>) -> Result<String, Unreadable> {
        let (letter, text) = match answer {
            Ok(answer) => ('A', answer.0.value.get().and_then(Option::as_ref).map(|value| value.write())),
            Err(failure) => ('F', Some(serde_json::to_string(failure))),
        };
        let text = text.and_then(Result::ok).ok_or(Unreadable)?;
        Ok(format!("{letter}{text}"))
    }

    /// Only the server writes pages.
    #[cfg(not(feature = "ssr"))]
    fn encode(_: &Result<Answer, Failure>) -> Result<String, Unreadable> {
        Err(Unreadable)
    }
}

impl Decoder<Result<Answer, Failure>> for InPage {
    type Error = Unreadable;
    type Encoded = str;

    fn decode(text: &str) -> Result<Result<Answer, Failure>, Unreadable> {
        if let Some(text) = text.strip_prefix('A') {
            return Ok(Ok(Answer(Arc::new(Held { text: text.to_owned(), value: OnceLock::new() }))));
        }
        let failure = text.strip_prefix('F').ok_or(Unreadable)?;
        read(failure).map(Err)
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    type Through = Result<Result<Answer, Failure>, Unreadable>;

    fn through_the_page(answer: Result<Answer, Failure>) -> Through {
        InPage::decode(&InPage::encode(&answer)?)
    }

    #[test]
    fn an_answer_comes_out_of_the_page_as_it_went_in() {
        let read = through_the_page(Ok(Answer::new(vec![1, 2]))).unwrap().ok().unwrap();
        assert_eq!(read.value::<Vec<i32>>(), Some(&vec![1, 2]));
        assert!(read == Answer::new(vec![1, 2]));
        assert!(read != Answer::new(vec![1, 3]));
        assert!(read != Answer::new("1, 2".to_owned()));
        assert_eq!(through_the_page(Err(Failure::Unreachable)).unwrap().err(), Some(Failure::Unreachable));
    }

    #[test]
    fn an_answer_of_another_type_is_none() {
        assert_eq!(Answer::new(1).value::<String>(), None);
        assert_eq!(through_the_page(Ok(Answer::new(1))).unwrap().ok().unwrap().value::<String>(), None);
        assert!(InPage::decode("nonsense").is_err());
    }
}
