//! Reading answers from JSON.
//!
//! The text becomes a tree first, by code that knows no types; what is left to do for each type is
//! little, and without words about what is wrong. Reading a type from the text itself would bring the
//! browser a parser for each type.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};
use serde_json::{Map, Value, map, value::Number};
use std::{fmt, vec};

/// The value that stands there, unless it is of another type.
///
/// # Errors
/// [`Unreadable`] if it is none of that type.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(Reader(serde_json::from_str(text).map_err(|_| Unreadable)?))
}

/// What can't be read. Nobody is told more than that.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not readable")
    }
}

impl std::error::Error for Unreadable {}

impl Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A part of the tree.
struct Reader(Value);

impl Reader {
    fn text(self) -> Result<String, Unreadable> {
        if let Value::String(text) = self.0 { Ok(text) } else { Err(Unreadable) }
    }

    fn number(self) -> Result<Number, Unreadable> {
        if let Value::Number(number) = self.0 { Ok(number) } else { Err(Unreadable) }
    }

    fn object(self) -> Result<Map<String, Value>, Unreadable> {
        if let Value::Object(entries) = self.0 { Ok(entries) } else { Err(Unreadable) }
    }

    fn list(self) -> Result<vec::IntoIter<Value>, Unreadable> {
        if let Value::Array(items) = self.0 { Ok(items.into_iter()) } else { Err(Unreadable) }
    }
}

macro_rules! whole_numbers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            let number = self.number()?;
            match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                _ => Err(Unreadable),
            }
        })*
    };
}

macro_rules! texts {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_string(self.text()?)
        })*
    };
}

/// Kinds that no answer has.
macro_rules! unused {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
            Err(Unreadable)
        })*
    };
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Unreadable;

    whole_numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }
    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }
    unused! { deserialize_any deserialize_bytes deserialize_byte_buf deserialize_f32 deserialize_f64 }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if let Value::Bool(it) = self.0 { visitor.visit_bool(it) } else { Err(Unreadable) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Unreadable) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &str, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let mut items = Items(self.list()?);
        let value = visitor.visit_seq(&mut items)?;
        if items.0.next().is_none() { Ok(value) } else { Err(Unreadable) }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(Entries { left: self.object()?.into_iter(), value: Value::Null })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &str,
        _: &[&str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &str,
        _: &[&str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self.variant()?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

/// The items of a list that are left.
struct Items(vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for &mut Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.0.next().map(|item| seed.deserialize(Reader(item))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of an object that are left, and the value of the one whose key was read.
struct Entries {
    left: map::IntoIter,
    value: Value,
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        let Some((key, value)) = self.left.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Reader(Value::String(key))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(Reader(self.value.take()))
    }
}

/// One of several: its name, and what it holds.
struct Variant {
    name: String,
    held: Value,
}

impl Reader {
    /// A name alone, or an object whose one key is the name.
    fn variant(self) -> Result<Variant, Unreadable> {
        if let Value::String(name) = self.0 {
            return Ok(Variant { name, held: Value::Null });
        }
        let mut entries = self.object()?.into_iter();
        match (entries.next(), entries.next()) {
            (Some((name, held)), None) => Ok(Variant { name, held }),
            _ => Err(Unreadable),
        }
    }
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unreadable;
    type Variant = Reader;

    fn variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<(T::Value, Reader), Unreadable> {
        Ok((seed.deserialize(Reader(Value::String(self.name)))?, Reader(self.held)))
    }
}

impl<'de> VariantAccess<'de> for Reader {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.0.is_null() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &[&str], visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Error, Field, FieldError, Permission, Problem, history::Action};
    use serde::Serialize;

    fn comes_back<T: Serialize + DeserializeOwned + PartialEq + fmt::Debug>(value: T) {
        assert_eq!(read::<T>(&serde_json::to_string(&value).unwrap()), Ok(value));
    }

    #[test]
    fn every_kind_comes_back() {
        comes_back(());
        comes_back((i64::MIN, u64::MAX, true, Some("text".to_owned()), None::<u8>));
        comes_back(Action::UserCreated);
        comes_back(Action::RoleRenamed { from: "ä".into(), to: "\"b\"".into() });
        comes_back(Action::RolePermissionsChanged {
            role: "r".into(),
            granted: vec![Permission::UsersView],
            revoked: vec![],
        });
        comes_back(Error::from(FieldError { field: Field::Name, problem: Problem::TooLong { most: 3 } }));
        comes_back(Error::Forbidden { needs: Some(Permission::UsersView) });
        comes_back(domain::billing::BillingForm::default());
        comes_back(domain::overview::Overview {
            roles: vec!["a".into(), "b".into()],
            recent: None,
            ..Default::default()
        });
    }

    #[test]
    fn what_is_of_another_type_is_refused() {
        for bad in ["", "1", "{}", "[1]", "[1,2,3]", "[1,-2]", "[1,true]", "[1,2] 3", r#"["1",2]"#] {
            assert_eq!(read::<(u8, u8)>(bad), Err(Unreadable), "{bad}");
        }
        for bad in [r#""nothing""#, r#"{"user_created":1}"#, r#""role_created""#, r#"{"a":1,"b":2}"#] {
            assert_eq!(read::<Action>(bad), Err(Unreadable), "{bad}");
        }
        assert_eq!(read::<domain::overview::Overview>(r#"{"recent":null}"#), Err(Unreadable));
    }
}
