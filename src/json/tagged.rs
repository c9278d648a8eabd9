//! Enums whose JSON names the variant in a field: `{ "type": "save", "url": … }`.
//!
//! `serde`'s own `tag` reads them by way of a copy that knows no types, and so compiles every type in them a second time;
//! the protocol has many. [`tagged!`] stands around such an enum, gives it the same JSON and reads it by way of
//! [`Tagged`]. What it holds is not indented: it is the file's own, and formatted by hand.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

use super::reader::{Misfit, Tagged};

/// Reads a tagged enum from any format, by way of `shape`, which takes its variants one by one.
pub fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    tag: &'static str,
    shape: fn(Tagged<'_>) -> Result<T, Misfit>,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    shape(Tagged::new(tag, &value)).map_err(D::Error::custom)
}

/// An enum in tagged JSON. Written: derived with `tag`. Read: by a copy of it that has the same variants.
macro_rules! tagged {
    ($tag:literal, $path:literal, $(#[$attribute:meta])* pub enum $name:ident { $($variants:tt)* }) => {
        $(#[$attribute])*
        #[derive(serde::Serialize)]
        #[serde(tag = $tag, rename_all = "snake_case")]
        pub enum $name { $($variants)* }

        const _: () = {
            #[derive(serde::Deserialize)]
            #[serde(remote = $path, rename_all = "snake_case")]
            #[allow(dead_code)]
            enum Shape { $($variants)* }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $crate::json::tagged::read(deserializer, $tag, |from| Shape::deserialize(from))
                }
            }
        };
    };
}

pub(crate) use tagged;
