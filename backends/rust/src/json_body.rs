//! Request bodies that are JSON objects.

use std::{fmt, marker::PhantomData, str};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor, value::MapAccessDeserializer},
};

/// Why a body is refused; each carries a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidBody {
    NotJson(String),
    /// JSON, but not what is wanted.
    Wrong(String),
}

/// Reads a body that must be one object.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, InvalidBody> {
    let text = str::from_utf8(body).map_err(InvalidBody::not_json)?;
    match serde_json::from_str(text) {
        Ok(Object(value)) => Ok(value),
        // serde stops at the first wrong field; what follows it may not even be JSON.
        Err(error) => match serde_json::from_str::<IgnoredAny>(text) {
            Ok(IgnoredAny) => Err(InvalidBody::Wrong(format!("The body is wrong: {error}."))),
            Err(error) => Err(InvalidBody::not_json(error)),
        },
    }
}

impl InvalidBody {
    fn not_json(error: impl fmt::Display) -> Self {
        Self::NotJson(format!("The body is not JSON: {error}."))
    }
}

/// Whether this content type is `application/json`, whatever its parameters.
pub fn is_json(content_type: Option<&[u8]>) -> bool {
    content_type
        .and_then(|value| value.split(|byte| *byte == b';').next())
        .is_some_and(|essence| {
            essence
                .trim_ascii()
                .eq_ignore_ascii_case(b"application/json")
        })
}

/// A `T` read from an object. A derived `Deserialize` would also take the fields as an array, in
/// order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_map(ObjectVisitor(PhantomData))
            .map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}
