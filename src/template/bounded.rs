//! Filters that make long texts of short ones, with an end to it: a body may use them as often as it has steps.

use std::borrow::Cow;

use minijinja::{Error, ErrorKind, Value};

use super::render::LONGEST;

/// The filter `replace`.
pub(super) fn replace(text: Cow<'_, str>, from: Cow<'_, str>, to: Cow<'_, str>) -> Result<String, Error> {
    let found = text.matches(&*from).count();
    within(text.len().saturating_add(found.saturating_mul(to.len())))?;
    Ok(text.replace(&*from, &to))
}

/// The filter `join`.
pub(super) fn join(items: &Value, between: Option<Cow<'_, str>>) -> Result<String, Error> {
    let mut joined = String::new();
    for (at, item) in items.try_iter()?.enumerate() {
        if at > 0 {
            joined.push_str(between.as_deref().unwrap_or_default());
        }
        joined.push_str(&item.to_string());
        within(joined.len())?;
    }
    Ok(joined)
}

fn within(length: usize) -> Result<(), Error> {
    if length > LONGEST { Err(Error::new(ErrorKind::WriteFailure, "text too long")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_text_still_fits() {
        assert_eq!([LONGEST, LONGEST + 1].map(|length| within(length).is_ok()), [true, false]);
    }
}
