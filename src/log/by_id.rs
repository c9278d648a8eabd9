//! A map by event id, for the handful of entries that a mention or a case has.
//!
//! A sorted list, because a B-tree's first node would take room for eleven entries in every one of 100,000 mentions.
//! Stored as an object, as any map.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::EventId;

/// Values by event id, in the order of the ids.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ById<T>(Vec<(EventId, T)>);

impl<T> Default for ById<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ById<T> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    fn place(&self, id: &EventId) -> Result<usize, usize> {
        match self.0.last() {
            // Events mostly come in order.
            Some((last, _)) if last < id => Err(self.0.len()),
            _ => self.0.binary_search_by(|(known, _)| known.cmp(id)),
        }
    }

    pub fn get(&self, id: &EventId) -> Option<&T> {
        self.place(id).ok().map(|at| &self.0[at].1)
    }

    /// Adds a value; an id that is there keeps its own.
    pub fn add(&mut self, id: &EventId, value: T) {
        if let Err(at) = self.place(id) {
            if self.0.is_empty() {
                self.0.reserve_exact(1);
            }
            self.0.insert(at, (id.clone(), value));
        }
    }

    pub fn absorb(&mut self, other: Self) {
        for (id, value) in other.0 {
            self.add(&id, value);
        }
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&EventId, &T)> {
        self.0.iter().map(|(id, value)| (id, value))
    }

    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }
}

impl<T: Serialize> Serialize for ById<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ById<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Read<T> {
            type Value = ById<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by event id")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ById<T>, A::Error> {
                let mut all = ById::default();
                while let Some((id, value)) = map.next_entry::<EventId, T>()? {
                    all.add(&id, value);
                }
                Ok(all)
            }
        }
        deserializer.deserialize_map(Read(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_in_order_and_once() {
        let mut map = ById::default();
        for (id, value) in [("b", 1), ("a", 2), ("c", 3), ("b", 4)] {
            map.add(&EventId(id.into()), value);
        }
        assert_eq!(map.values().copied().collect::<Vec<_>>(), [2, 1, 3]);
        assert_eq!(map.get(&EventId("b".into())), Some(&1));
        assert_eq!(map.get(&EventId("d".into())), None);
        let text = serde_json::to_string(&map).unwrap();
        assert_eq!(text, r#"{"a":2,"b":1,"c":3}"#);
        assert_eq!(serde_json::from_str::<ById<i32>>(&text).unwrap(), map);
    }
}
