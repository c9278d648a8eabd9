//! The names a template sees while it renders, and the ledger of those that have no value.
//!
//! MiniJinja's strict mode stops at the first undefined value, without its name. A preview must show all of them where
//! they stand, so a name without a value is an object of ours: it prints as a mark, is false, and counts as not defined.
//! `default` and `is defined` excuse a use of it; every other use is unresolved. Anything that is undefined without being
//! a name (an index past the end, say) still stops the rendering.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};

use super::context::Context;
use super::dates::Local;
use super::engine::{FUEL, FUNCTIONS};

/// Stands where the caret goes. Noncharacters: cleaned from every value and from the body.
pub(super) const CURSOR: char = '\u{FDD1}';
/// Stands where a missing value goes; the next character tells which.
pub(super) const MISSING: char = '\u{FDD2}';
/// The first of the characters that number missing values.
const NUMBERS: u32 = 0x10_0000;
/// Every use takes a step, and there are characters for all of them.
const _: () = assert!(FUEL < 0xFFFD);

/// The entry that a character after [`MISSING`] means.
pub(super) fn missing_number(c: char) -> Option<usize> {
    (c as u32).checked_sub(NUMBERS).map(|n| n as usize)
}

/// A use of a name without a value.
#[derive(Debug)]
struct Use {
    name: String,
    excused: bool,
}

/// Under this name, which no body can write, functions find the [`Root`].
const ROOT: &str = "\u{FDD3}";

/// The outermost names, and the ledger.
#[derive(Debug)]
pub(super) struct Root {
    context: Context,
    /// What was asked for so far, by its whole name: a value is cleaned when a body uses it, and once.
    known: Mutex<Vec<(String, Option<Value>)>>,
    /// Every use of a name without a value, in the order of the uses.
    uses: Mutex<Vec<Use>>,
}

impl Root {
    /// Names for the values of `context`.
    pub(super) fn new(context: &Context) -> Arc<Self> {
        Arc::new(Self { context: context.clone(), known: Mutex::default(), uses: Mutex::default() })
    }

    fn value(self: &Arc<Self>, namespace: &str, name: &str) -> Option<Value> {
        let path = [namespace, ".", name].concat();
        let mut known = lock(&self.known);
        let value = match known.iter().find(|(known, _)| *known == path) {
            Some((_, value)) => value.clone(),
            None => {
                let value = self.context.value(namespace, name).map(Value::from);
                known.push((path.clone(), value.clone()));
                value
            }
        };
        Some(value.unwrap_or_else(|| self.missing(path, Fallback::Taken)))
    }

    /// Enters a use of a name without a value.
    fn missing(self: &Arc<Self>, name: String, fallback: Fallback) -> Value {
        let mut uses = lock(&self.uses);
        let number = uses.len();
        uses.push(Use { name, excused: false });
        Value::from_object(Missing { root: self.clone(), number, fallback })
    }

    /// Name of a use.
    pub(super) fn name(&self, number: usize) -> Option<String> {
        lock(&self.uses).get(number).map(|u| u.name.clone())
    }

    /// Names of the uses without an excuse that do not stand in the text, each once: tested, compared, looped over, or
    /// lost on the way.
    pub(super) fn unprinted(&self, printed: &[usize]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (number, u) in lock(&self.uses).iter().enumerate() {
            if !u.excused && !printed.contains(&number) && !names.contains(&u.name) {
                names.push(u.name.clone());
            }
        }
        names
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Object for Root {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            name if self.context.has(name) => {
                Some(Value::from_object(Namespace { name: key.clone(), root: self.clone() }))
            }
            ROOT => Some(Value::from_dyn_object(self.clone())),
            name if FUNCTIONS.contains(&name) => None,
            name => Some(self.missing(name.to_owned(), Fallback::Taken)),
        }
    }
}

/// `author`, `post` and their like.
#[derive(Debug)]
struct Namespace {
    name: Value,
    root: Arc<Root>,
}

impl Object for Namespace {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.root.value(self.name.as_str()?, key.as_str()?)
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    /// A namespace is no text; printing one is a forgotten field.
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.root.missing(self.name.to_string(), Fallback::Refused))
    }
}

/// `date(format="%d/%m/%Y", days=2, hours=0)`: a day from now, in the language of the reply; without a format in words.
pub(super) fn date(state: &State<'_, '_>, options: Kwargs) -> Result<Value, Error> {
    let (format, days, hours): (Option<String>, Option<i64>, Option<i64>) =
        (options.get("format")?, options.get("days")?, options.get("hours")?);
    options.assert_all_used()?;
    let Some(now) = in_root(state, |context| context.now.map(|now| Local::at(now, context.offset))).flatten() else {
        return Ok(state.lookup("now").unwrap_or(Value::UNDEFINED));
    };
    let then = now.plus(days.unwrap_or_default(), hours.unwrap_or_default());
    let lang = in_root(state, Context::lang).unwrap_or_default();
    Ok(Value::from(match format {
        Some(format) => then.write(&format, lang),
        None => then.long(lang),
    }))
}

/// `random(["one", "other"])`: one of them, the same as long as the reply is being prepared.
pub(super) fn random(state: &State<'_, '_>, choices: Vec<Value>) -> Value {
    let seed = in_root(state, |context| context.seed).unwrap_or_default();
    // Each list takes its own choice (FNV-1a over the seed and its words).
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    for byte in choices.iter().flat_map(|choice| choice.to_string().into_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let index = (hash >> 32) as usize % choices.len().max(1);
    choices.get(index).cloned().unwrap_or(Value::UNDEFINED)
}

fn in_root<T>(state: &State<'_, '_>, read: impl FnOnce(&Context) -> T) -> Option<T> {
    state.lookup(ROOT)?.downcast_object_ref::<Root>().map(|root| read(&root.context))
}

/// What `default` does with a name without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fallback {
    Taken,
    /// A field of something that is missing itself: a fallback would hide a slip of the pen in the first part.
    Refused,
}

/// A name without a value.
#[derive(Debug)]
struct Missing {
    root: Arc<Root>,
    number: usize,
    fallback: Fallback,
}

/// True for a name without a value; the asking excuses its use.
fn is_missing(value: &Value) -> bool {
    match value.downcast_object_ref::<Missing>() {
        Some(missing) if missing.fallback == Fallback::Taken => {
            missing.excuse();
            true
        }
        _ => value.is_undefined(),
    }
}

/// The `default` filter: `x | default("y")`; with `true` as the second argument it replaces empty values too.
pub(super) fn default(value: &Value, other: Option<Value>, empty_too: Option<bool>) -> Value {
    if is_missing(value) || (empty_too == Some(true) && !value.is_true()) {
        return other.unwrap_or_else(|| Value::from(""));
    }
    // A fallback that nobody needs may be missing.
    other.as_ref().map(is_missing);
    value.clone()
}

/// The test `is defined`.
pub(super) fn is_defined(value: &Value) -> bool {
    !is_missing(value)
}

/// The test `is undefined`.
pub(super) fn is_undefined(value: &Value) -> bool {
    is_missing(value)
}

impl Missing {
    fn excuse(&self) {
        if let Some(entry) = lock(&self.root.uses).get_mut(self.number) {
            entry.excused = true;
        }
    }
}

impl Object for Missing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = format!("{}.{key}", self.root.name(self.number).unwrap_or_default());
        // The longer name says it all.
        self.excuse();
        Some(self.root.missing(name, Fallback::Refused))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, _: &[Value]) -> Result<Value, Error> {
        let name = self.root.name(self.number).unwrap_or_default();
        Err(Error::new(ErrorKind::UnknownFunction, format!("function {name} is unknown")))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match char::from_u32(NUMBERS + self.number as u32) {
            Some(c) => write!(f, "{MISSING}{c}"),
            None => Ok(()),
        }
    }
}
