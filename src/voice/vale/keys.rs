//! The keys of a rule's file, taken one by one; what is left over is unknown.

use super::node::Node;

/// Keys that were not taken yet. Their case does not matter.
#[derive(Debug)]
pub(super) struct Keys<'n> {
    left: Vec<(&'n str, &'n Node)>,
}

impl<'n> Keys<'n> {
    pub fn new(map: &'n [(String, Node)]) -> Self {
        Self { left: map.iter().map(|(key, value)| (key.as_str(), value)).collect() }
    }

    /// Takes a key's value; an empty one is none.
    pub fn take(&mut self, key: &str) -> Option<&'n Node> {
        let at = self.left.iter().position(|(name, _)| name.eq_ignore_ascii_case(key))?;
        Some(self.left.remove(at).1).filter(|node| **node != Node::Null)
    }

    pub fn text(&mut self, key: &str) -> Result<Option<String>, String> {
        self.as_type(key, Node::text)
    }

    pub fn texts(&mut self, key: &str) -> Result<Vec<String>, String> {
        Ok(self.as_type(key, Node::texts)?.unwrap_or_default())
    }

    pub fn pairs(&mut self, key: &str) -> Result<Vec<(String, String)>, String> {
        Ok(self.as_type(key, Node::pairs)?.unwrap_or_default())
    }

    /// A truth, with what it is when it is not said.
    pub fn truth(&mut self, key: &str, unsaid: bool) -> Result<bool, String> {
        Ok(self.as_type(key, Node::truth)?.unwrap_or(unsaid))
    }

    pub fn count(&mut self, key: &str) -> Result<usize, String> {
        Ok(self.as_type(key, Node::count)?.unwrap_or_default())
    }

    pub fn number(&mut self, key: &str) -> Result<f64, String> {
        Ok(self.as_type(key, Node::number)?.unwrap_or_default())
    }

    fn as_type<T>(&mut self, key: &str, read: fn(&Node) -> Result<T, &'static str>) -> Result<Option<T>, String> {
        self.take(key).map(read).transpose().map_err(|what| format!("\"{key}\": {what}"))
    }

    /// A key that nothing took.
    pub fn left_over(&self) -> Option<&'n str> {
        self.left.first().map(|(key, _)| *key)
    }
}
