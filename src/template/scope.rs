//! The names a template sees while it renders, and the ledger of those that have no value.
//!
//! MiniJinja's strict mode stops at the first undefined value, without its name. A preview must show all of them where
//! they stand, so a name without a value is an object of ours: it prints as a mark, is false, and counts as not defined.
//! `default` and `is defined` excuse a use of it; every other use is unresolved. Anything that is undefined without being
//! a name (an index past the end, say) still stops the rendering.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};

use super::dates::Local;
use crate::message::Lang;
use crate::ordered::ordered;

/// Stands where the caret goes. Noncharacters: cleaned from every value and from the body.
pub(super) const CURSOR: char = '\u{FDD1}';
/// Stands where a missing value goes; the next character tells which.
pub(super) const MISSING: char = '\u{FDD2}';
/// The first of the characters that number missing values.
const NUMBERS: u32 = 0x10_0000;
/// As many as there are characters for them.
const MOST_MISSING: usize = 0xFFFD;

/// The entry that a character after [`MISSING`] means.
pub(super) fn missing_number(c: char) -> Option<usize> {
    (c as u32).checked_sub(NUMBERS).map(|n| n as usize)
}

/// A use of a name without a value.
#[derive(Debug)]
struct Use {
    name: String,
    excused: bool,
    printed: bool,
}

/// Every use of a name without a value, in the order of the uses.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<Vec<Use>>);

impl Ledger {
    fn lock(&self) -> MutexGuard<'_, Vec<Use>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(self: &Arc<Self>, name: String, fallback: Fallback) -> Option<Value> {
        let mut uses = self.lock();
        let number = uses.len();
        if number >= MOST_MISSING {
            return None;
        }
        uses.push(Use { name, excused: false, printed: false });
        drop(uses);
        Some(Value::from_object(Missing { ledger: self.clone(), number, fallback }))
    }

    /// Name of a use.
    pub(super) fn name(&self, number: usize) -> Option<String> {
        self.lock().get(number).map(|u| u.name.clone())
    }

    /// Names that were used without an excuse and did not print, each once: tested, compared, looped over.
    pub(super) fn unprinted(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for u in self.lock().iter().filter(|u| !u.excused && !u.printed) {
            if !names.contains(&u.name) {
                names.push(u.name.clone());
            }
        }
        names
    }
}

/// Under this name, which no body can write, functions find the [`Moment`].
const MOMENT: &str = "\u{FDD3}";

/// What `date()` and `random()` go by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub(super) now: Option<Local>,
    pub(super) lang: Lang,
    pub(super) seed: u64,
}

impl Object for Moment {}

/// The outermost names.
#[derive(Debug)]
pub(super) struct Root {
    pub(super) namespaces: BTreeMap<String, Value>,
    pub(super) ledger: Arc<Ledger>,
    moment: Value,
}

impl Root {
    /// Names for `values` by namespace.
    pub(super) fn new(values: BTreeMap<String, BTreeMap<String, String>>, moment: Moment) -> Self {
        let ledger = Arc::new(Ledger::default());
        let namespaces = values.into_iter().map(|(name, values)| {
            let namespace = Namespace { name: name.clone(), values, ledger: ledger.clone() };
            (name, Value::from_object(namespace))
        });
        let namespaces = ordered(namespaces);
        Self { namespaces, ledger, moment: Value::from_object(moment) }
    }
}

impl Object for Root {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        match self.namespaces.get(key) {
            Some(namespace) => Some(namespace.clone()),
            None if key == MOMENT => Some(self.moment.clone()),
            None if super::engine::FUNCTIONS.contains(&key) => None,
            None => self.ledger.add(key.to_owned(), Fallback::Taken),
        }
    }
}

/// `author`, `post` and their like.
#[derive(Debug)]
struct Namespace {
    name: String,
    values: BTreeMap<String, String>,
    ledger: Arc<Ledger>,
}

impl Object for Namespace {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        match self.values.get(key) {
            Some(value) => Some(Value::from(value.as_str())),
            None => self.ledger.add(format!("{}.{key}", self.name), Fallback::Taken),
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    /// A namespace is no text; printing one is a forgotten field.
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ledger.add(self.name.clone(), Fallback::Refused) {
            Some(missing) => write!(f, "{missing}"),
            None => Ok(()),
        }
    }
}

/// `date(format="%d/%m/%Y", days=2, hours=0)`: a day from now, in the language of the reply; without a format in words.
pub(super) fn date(state: &State<'_, '_>, options: Kwargs) -> Result<Value, Error> {
    let (format, days, hours): (Option<String>, Option<i64>, Option<i64>) =
        (options.get("format")?, options.get("days")?, options.get("hours")?);
    options.assert_all_used()?;
    let Some(moment) = moment(state) else { return Ok(Value::UNDEFINED) };
    let Some(now) = moment.now else { return Ok(state.lookup("now").unwrap_or(Value::UNDEFINED)) };
    let then = now.plus(days.unwrap_or_default(), hours.unwrap_or_default());
    Ok(Value::from(match format {
        Some(format) => then.write(&format, moment.lang),
        None => then.long(moment.lang),
    }))
}

/// `random(["one", "other"])`: one of them, the same as long as the reply is being prepared.
pub(super) fn random(state: &State<'_, '_>, choices: Vec<Value>) -> Value {
    let seed = moment(state).map_or(0, |moment| moment.seed);
    // Each list takes its own choice (FNV-1a over the seed and its words).
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    for byte in choices.iter().flat_map(|choice| choice.to_string().into_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let index = (hash >> 32) as usize % choices.len().max(1);
    choices.get(index).cloned().unwrap_or(Value::UNDEFINED)
}

fn moment(state: &State<'_, '_>) -> Option<Moment> {
    state.lookup(MOMENT)?.downcast_object_ref::<Moment>().copied()
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
    ledger: Arc<Ledger>,
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
        other.unwrap_or_else(|| Value::from(""))
    } else {
        value.clone()
    }
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
        if let Some(entry) = self.ledger.lock().get_mut(self.number) {
            entry.excused = true;
        }
    }
}

impl Object for Missing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = format!("{}.{key}", self.ledger.name(self.number).unwrap_or_default());
        // The longer name says it all.
        self.excuse();
        self.ledger.add(name, Fallback::Refused)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }

    fn is_true(self: &Arc<Self>) -> bool {
        false
    }

    fn call(self: &Arc<Self>, _: &mut State<'_, '_>, _: &[Value]) -> Result<Value, Error> {
        let name = self.ledger.name(self.number).unwrap_or_default();
        Err(Error::new(ErrorKind::UnknownFunction, format!("function {name} is unknown")))
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number as u32;
        if let Some(entry) = self.ledger.lock().get_mut(self.number) {
            entry.printed = true;
        }
        match char::from_u32(NUMBERS + number) {
            Some(c) => write!(f, "{MISSING}{c}"),
            None => Ok(()),
        }
    }
}
