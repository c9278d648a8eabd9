//! Records by key, and which of them changed since they were last taken.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// Records under construction.
#[derive(Debug)]
pub(super) struct Table<K, V> {
    // Boxed, because records are large and a growing table moves what it holds.
    rows: HashMap<K, Box<Row<V>>>,
    changed: Vec<K>,
}

#[derive(Debug)]
struct Row<V> {
    value: V,
    is_changed: bool,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { rows: HashMap::new(), changed: Vec::new() }
    }
}

impl<K: Hash + Ord + Clone, V> Table<K, V> {
    pub fn get(&self, key: &K) -> Option<&V> {
        self.rows.get(key).map(|row| &row.value)
    }

    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.rows.keys()
    }

    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.rows.values().map(|row| &row.value)
    }

    /// Takes in a record as it is stored; one that is here stays.
    pub fn load(&mut self, key: K, value: V) {
        self.rows.entry(key).or_insert_with(|| Box::new(Row { value, is_changed: false }));
    }

    /// A record to change, made if it is not here.
    pub fn edit(&mut self, key: K, make: impl FnOnce(K) -> V) -> &mut V {
        let row = match self.rows.entry(key) {
            Entry::Occupied(entry) => {
                if !entry.get().is_changed {
                    self.changed.push(entry.key().clone());
                }
                entry.into_mut()
            }
            Entry::Vacant(entry) => {
                let key = entry.key().clone();
                self.changed.push(key.clone());
                entry.insert(Box::new(Row { value: make(key), is_changed: true }))
            }
        };
        row.is_changed = true;
        &mut row.value
    }

    /// A record that changed.
    pub fn is_changed(&self, key: &K) -> bool {
        self.rows.get(key).is_some_and(|row| row.is_changed)
    }

    pub fn is_any_changed(&self) -> bool {
        !self.changed.is_empty()
    }

    /// Shows every record, and whether it changed, to `touch`, which says whether it has changed it now.
    pub fn touch_all(&mut self, mut touch: impl FnMut(&mut V, bool) -> bool) {
        for (key, row) in &mut self.rows {
            if touch(&mut row.value, row.is_changed) && !row.is_changed {
                row.is_changed = true;
                self.changed.push(key.clone());
            }
        }
    }

    /// Shows every record that changed to `touch`.
    pub fn touch_changed(&mut self, mut touch: impl FnMut(&mut V)) {
        for key in &self.changed {
            if let Some(row) = self.rows.get_mut(key) {
                touch(&mut row.value);
            }
        }
    }
}

impl<K: Hash + Ord + Clone, V: Clone> Table<K, V> {
    /// The records that changed, in the order of their keys; from here on they count as unchanged.
    pub fn take_changed(&mut self) -> Vec<V> {
        let mut keys = std::mem::take(&mut self.changed);
        keys.sort_unstable();
        let mut taken = Vec::with_capacity(keys.len());
        for key in &keys {
            if let Some(row) = self.rows.get_mut(key) {
                row.is_changed = false;
                taken.push(row.value.clone());
            }
        }
        taken
    }
}
