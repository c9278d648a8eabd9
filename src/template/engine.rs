//! The template engine as replies use it: a chosen part of Jinja, strict, bounded, without escaping.
//!
//! Filters and tests are named one by one: what formats, indents or repeats at will could fill the memory, and what
//! replies never need weighs in the download. Statements and operators are the engine's own; [`super::tags`] looks them
//! over before a body comes here.

use std::sync::OnceLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, filters, tests};

use super::bounded;
use super::scope::{self, CURSOR};

/// Steps the engine may take; a long reply takes a few hundred.
pub(super) const FUEL: u64 = 20_000;

/// Functions a body can call; these names are never variables.
pub(super) const FUNCTIONS: [&str; 3] = ["cursor", "date", "random"];

/// The engine. Nothing in it reads files, the clock or the page.
pub(super) fn engine() -> &'static Environment<'static> {
    static ENGINE: OnceLock<Environment<'static>> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let mut env = Environment::empty();
        env.set_debug(false);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_auto_escape_callback(|_| AutoEscape::None);
        env.set_fuel(Some(FUEL));
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            env.set_syntax(syntax);
        }
        env.add_function("cursor", || CURSOR.to_string());
        env.add_function("date", scope::date);
        env.add_function("random", scope::random);
        env.add_filter("default", scope::default);
        env.add_filter("d", scope::default);
        env.add_filter("lower", filters::lower);
        env.add_filter("upper", filters::upper);
        env.add_filter("title", filters::title);
        env.add_filter("capitalize", filters::capitalize);
        env.add_filter("trim", filters::trim);
        env.add_filter("replace", bounded::replace);
        env.add_filter("split", filters::split);
        env.add_filter("join", bounded::join);
        env.add_filter("first", filters::first);
        env.add_filter("last", filters::last);
        env.add_filter("length", filters::length);
        env.add_filter("list", filters::list);
        env.add_filter("reverse", filters::reverse);
        env.add_filter("int", filters::int);
        env.add_filter("round", filters::round);
        env.add_filter("string", filters::string);
        env.add_test("defined", scope::is_defined);
        env.add_test("undefined", scope::is_undefined);
        env.add_test("none", tests::is_none);
        env.add_test("string", tests::is_string);
        env.add_test("number", tests::is_number);
        env.add_test("odd", tests::is_odd);
        env.add_test("even", tests::is_even);
        env.add_test("startingwith", tests::is_startingwith);
        env.add_test("endingwith", tests::is_endingwith);
        env.add_test("in", tests::is_in);
        env
    })
}
