//! A YAML document as Vale takes it: weakly typed. A number does for a text, one value for a list of it, a list of maps
//! for one map; the order of keys is kept.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Why a file is no YAML: line, when it is known, and what is wrong.
pub(super) type NotYaml = (Option<usize>, String);

impl Node {
    /// Reads a document.
    pub fn parse(text: &str) -> Result<Self, NotYaml> {
        let mut options = serde_saphyr::Options::default();
        options.strict_booleans = true;
        serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let line = error.location().and_then(|place| usize::try_from(place.line()).ok()).filter(|line| *line > 0);
            let what = error.to_string();
            let first = what.lines().next().unwrap_or("not readable").trim().trim_start_matches("error: ");
            (line, format!("not readable as YAML: {first}"))
        })
    }

    /// As text.
    pub fn text(&self) -> Result<String, &'static str> {
        match self {
            Self::Null => Ok(String::new()),
            Self::Bool(truth) => Ok(if *truth { "1" } else { "0" }.to_owned()),
            Self::Int(number) => Ok(number.to_string()),
            Self::Float(number) => Ok(number.to_string()),
            Self::Text(text) => Ok(text.clone()),
            Self::List(_) | Self::Map(_) => Err("a text is needed"),
        }
    }

    /// As a truth.
    pub fn truth(&self) -> Result<bool, &'static str> {
        match self {
            Self::Null => Ok(false),
            Self::Bool(truth) => Ok(*truth),
            Self::Int(number) => Ok(*number != 0),
            Self::Float(number) => Ok(*number != 0.0),
            Self::Text(text) => match text.as_str() {
                "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
                "" | "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
                _ => Err("true or false is needed"),
            },
            Self::List(_) | Self::Map(_) => Err("true or false is needed"),
        }
    }

    /// As a number.
    pub fn number(&self) -> Result<f64, &'static str> {
        match self {
            Self::Null => Ok(0.0),
            Self::Bool(truth) => Ok(f64::from(u8::from(*truth))),
            Self::Int(number) => Ok(*number as f64),
            Self::Float(number) => Ok(*number),
            Self::Text(text) => text.trim().parse().map_err(|_| "a number is needed"),
            Self::List(_) | Self::Map(_) => Err("a number is needed"),
        }
    }

    /// As a whole number; below nothing is nothing.
    pub fn count(&self) -> Result<usize, &'static str> {
        self.number().map(|number| number.max(0.0) as usize)
    }

    /// As texts.
    pub fn texts(&self) -> Result<Vec<String>, &'static str> {
        match self {
            Self::Null => Ok(Vec::new()),
            Self::List(items) => items.iter().map(Self::text).collect(),
            one => Ok(vec![one.text()?]),
        }
    }

    /// As pairs of texts, a later key in the place of an earlier one.
    pub fn pairs(&self) -> Result<Vec<(String, String)>, &'static str> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut add = |map: &[(String, Self)]| -> Result<(), &'static str> {
            for (key, value) in map {
                let value = value.text()?;
                match pairs.iter_mut().find(|(known, _)| known == key) {
                    Some(pair) => pair.1 = value,
                    None => pairs.push((key.clone(), value)),
                }
            }
            Ok(())
        };
        match self {
            Self::Null => {}
            Self::Map(map) => add(map)?,
            Self::List(items) => {
                for item in items {
                    let Self::Map(map) = item else { return Err("pairs are needed") };
                    add(map)?;
                }
            }
            _ => return Err("pairs are needed"),
        }
        Ok(pairs)
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(i64::try_from(number).map_or(Node::Float(number as f64), Node::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Float(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<Node>()? {
            let key = key.text().map_err(serde::de::Error::custom)?;
            pairs.push((key, map.next_value()?));
        }
        Ok(Node::Map(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(text: &str) -> Vec<(String, Node)> {
        match Node::parse(text).unwrap() {
            Node::Map(map) => map,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn weak_types() {
        let read = map(
            "yes: on\n1: 2\ntokens: one\nlist: [a, 1, true, null]\nswap:\n  - b: x\n  - a: 1\n  - b: y\n\"é\": '\\d'\n",
        );
        assert_eq!(read[0], ("yes".into(), Node::Text("on".into())));
        assert_eq!(read[1], ("1".into(), Node::Int(2)));
        assert_eq!(read[2].1.texts().unwrap(), ["one"]);
        assert_eq!(read[3].1.texts().unwrap(), ["a", "1", "1", ""]);
        let pairs: Vec<(String, String)> = [("b", "y"), ("a", "1")].map(|(k, v)| (k.into(), v.into())).to_vec();
        assert_eq!(read[4].1.pairs().unwrap(), pairs);
        assert_eq!(read[5], ("é".into(), Node::Text("\\d".into())));
    }

    #[test]
    fn what_is_no_yaml_has_a_line() {
        let (line, what) = Node::parse("a: 1\nb: [1, 2\n").unwrap_err();
        assert!(line.is_some() && what.starts_with("not readable as YAML"), "{line:?} {what}");
    }
}
