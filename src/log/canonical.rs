//! JSON that is the same text for the same content: sorted keys, no white space, whole numbers without a fraction.
//!
//! What is hashed and exported must not depend on who wrote it last: servers and browsers reorder keys and do not tell
//! 1.0 from 1.

use std::fmt::Write as _;

use serde_json::Value;

use crate::ordered::sort;

/// Largest number that a browser holds exactly.
pub(super) const MAX_SAFE: u64 = (1 << 53) - 1;

pub(super) fn write_list<T>(out: &mut String, items: &[T], mut item: impl FnMut(&mut String, &T)) {
    out.push('[');
    for (i, each) in items.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        item(out, each);
    }
    out.push(']');
}

pub(super) fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(on) => out.push_str(if *on { "true" } else { "false" }),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => write_text(out, text),
        Value::Array(items) => write_list(out, items, write_value),
        Value::Object(fields) => {
            // Sorted here too: the map's own order is a feature switch of serde_json's.
            let mut names: Vec<&String> = fields.keys().collect();
            sort(&mut names, Ord::cmp);
            out.push('{');
            for (i, name) in names.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_text(out, name);
                out.push(':');
                write_value(out, &fields[name]);
            }
            out.push('}');
        }
    }
}

/// A number that is whole is written without a fraction: browsers and servers do not tell 1 from 1.0.
fn write_number(out: &mut String, number: &serde_json::Number) {
    let _ = match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) if float.fract() == 0.0 && float.abs() <= MAX_SAFE as f64 => write!(out, "{}", float as i64),
        _ => write!(out, "{number}"),
    };
}

pub(super) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            0..=0x1f => "",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(short);
        if short.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        }
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expect: &str) {
        let mut out = String::new();
        write_value(&mut out, &serde_json::from_str(json).unwrap());
        assert_eq!(out, expect);
    }

    #[test]
    fn one_content_is_one_text() {
        check(r#" { "b" : [ 1 , 2 ] , "a" : null } "#, r#"{"a":null,"b":[1,2]}"#);
        check("1.0", "1");
        check("-0.0", "0");
        check("1.5e0", "1.5");
        check("0.30000000000000004", "0.30000000000000004");
        check("18446744073709551615", "18446744073709551615");
        check("-9223372036854775808", "-9223372036854775808");
        check(r#""\u00f1\u0001\b\"\/""#, r#""ñ\u0001\b\"/""#);
    }
}
