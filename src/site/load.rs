//! Whether a definition can be used, with faults that name the field and, in a file, the line.
//!
//! Checked here: the format, names of fields, host patterns, regexes (both engines read them alike), templates and, where
//! a selector engine is at hand (natively), every selector. In the browser the agent's own `querySelector` is the judge.

use std::collections::BTreeMap;

use super::definition::{ComposerKind, Definition, Place, Reader, SCHEMA};
use super::ids::IdTime;
use super::limits::Units;
use super::{hosts, pattern, permalink};
use crate::message::Msg;
#[cfg(feature = "cli")]
use crate::source::{Source, Unreadable};

/// Fields of the page as a whole.
pub const PAGE_FIELDS: &[&str] =
    &["acting_handle", "acting_name", "linked_data", "logged_out", "profile_handle", "profile_followers"];

/// Fields of a post.
pub const POST_FIELDS: &[&str] = &[
    "native_id",
    "thread",
    "permalink",
    "handle",
    "name",
    "verified",
    "followers",
    "text",
    "published",
    "likes",
    "reposts",
    "replies",
    "views",
    "parent",
    "promoted",
    "truncated",
];

/// Fields of a composer.
pub const COMPOSER_FIELDS: &[&str] = &[
    "target_id",
    "target_permalink",
    "target_handle",
    "target_name",
    "target_text",
    "acting_handle",
    "acting_name",
    "prefix",
];

/// Fields of a private composer: nothing that was said to it.
pub const PRIVATE_FIELDS: &[&str] = &["target_handle", "target_name", "acting_handle", "acting_name", "prefix"];

/// Something wrong in a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line in the file, from 1; none for data.
    pub line: Option<usize>,
    /// Path of the field: `posts[0].fields.text[1].re`.
    pub field: String,
    /// What is wrong.
    pub what: Msg,
}

/// The definition in a file, or everything that is wrong with it.
#[cfg(feature = "cli")]
pub fn parse(text: &str) -> Result<Definition, Vec<Fault>> {
    let syntax = |fault: Unreadable| {
        let what = Msg::new("error_definition_syntax").with("detail", fault.what);
        vec![Fault { line: Some(fault.line), field: String::new(), what }]
    };
    let source = Source::parse(text).map_err(syntax)?;
    let definition: Definition = source.read().map_err(syntax)?;
    let mut faults = faults(&definition);
    for fault in &mut faults {
        fault.line = source.line(&fault.field);
    }
    if faults.is_empty() { Ok(definition) } else { Err(faults) }
}

/// What is wrong with a definition that came as data (bundled, or a team's event), without lines.
pub fn faults(definition: &Definition) -> Vec<Fault> {
    let mut check = Check::default();
    check.head(definition);
    check.readers("page", &definition.page, PAGE_FIELDS);
    for (at, rule) in definition.posts.iter().enumerate() {
        let path = format!("posts[{at}]");
        check.selector(&format!("{path}.select"), &rule.select);
        check.optional(&format!("{path}.inside_not"), rule.inside_not.as_deref());
        check.optional(&format!("{path}.reply"), rule.reply.as_deref());
        check.template(&format!("{path}.permalink"), rule.permalink.as_deref());
        check.place(&format!("{path}.row"), &rule.row);
        check.readers(&format!("{path}.fields"), &rule.fields, POST_FIELDS);
        if !rule.derived && !rule.fields.contains_key("native_id") && !rule.fields.contains_key("permalink") {
            check.fault(&format!("{path}.fields"), Msg::new("error_definition_no_identity"));
        }
    }
    for (at, rule) in definition.composers.iter().enumerate() {
        let path = format!("composers[{at}]");
        check.selector(&format!("{path}.select"), &rule.select);
        check.optional(&format!("{path}.inside"), rule.inside.as_deref());
        check.selector(&format!("{path}.region"), &rule.region);
        if let Some(reach) = &rule.target {
            check.optional(&format!("{path}.target.closest"), reach.closest.as_deref());
            check.optional(&format!("{path}.target.css"), reach.css.as_deref());
        }
        check.place(&format!("{path}.strip"), &rule.strip);
        let known = if rule.private { PRIVATE_FIELDS } else { COMPOSER_FIELDS };
        check.readers(&format!("{path}.fields"), &rule.fields, known);
        if rule.private && rule.target.is_some() {
            check.fault(&format!("{path}.target"), Msg::new("error_definition_private"));
        }
        if !rule.private && rule.kind == ComposerKind::Message {
            check.fault(&format!("{path}.private"), Msg::new("error_definition_private"));
        }
        rule.send.iter().enumerate().for_each(|(n, css)| check.selector(&format!("{path}.send[{n}]"), css));
        if let Some(units) = &rule.count {
            let names: Vec<&str> = Units::NAMES.iter().map(|(name, _)| *name).collect();
            check.one_of(&format!("{path}.count"), units, &names);
        }
        for (n, key) in rule.send_keys.iter().enumerate() {
            check.one_of(&format!("{path}.send_keys[{n}]"), key, &["enter", "ctrl_enter"]);
        }
    }
    check.faults
}

#[derive(Default)]
struct Check {
    faults: Vec<Fault>,
}

impl Check {
    fn fault(&mut self, field: &str, what: Msg) {
        self.faults.push(Fault { line: None, field: field.to_owned(), what });
    }

    fn head(&mut self, definition: &Definition) {
        if definition.schema != SCHEMA {
            let what = Msg::new("error_definition_schema").with("found", definition.schema).with("known", SCHEMA);
            self.fault("schema", what);
        }
        match (version(&definition.min_app), version(crate::VERSION)) {
            (Some(needed), Some(running)) if needed <= running => {}
            (Some(_), _) => {
                self.fault("min_app", Msg::new("error_definition_too_new").with("needed", &definition.min_app));
            }
            (None, _) => self.fault("min_app", Msg::new("error_definition_version")),
        }
        for (field, value) in [("id", &definition.id), ("network", &definition.network)] {
            let fine =
                !value.is_empty() && value.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !fine {
                self.fault(field, Msg::new("error_definition_id"));
            }
        }
        if definition.name.trim().is_empty() {
            self.fault("name", Msg::new("error_definition_empty"));
        }
        if definition.hosts.is_empty() {
            self.fault("hosts", Msg::new("error_definition_empty"));
        }
        for (at, host) in definition.hosts.iter().enumerate().filter(|(_, host)| !hosts::is_pattern(host)) {
            self.fault(&format!("hosts[{at}]"), Msg::new("error_definition_host").with("host", host));
        }
        if definition.hosts.iter().any(|host| host == "*") && definition.detect.is_empty() {
            self.fault("detect", Msg::new("error_definition_no_detect"));
        }
        for (list, selectors) in [("detect", &definition.detect), ("roots", &definition.roots)] {
            selectors.iter().enumerate().for_each(|(at, css)| self.selector(&format!("{list}[{at}]"), css));
        }
        let canonical = &definition.canonical;
        if let Some(path) = &canonical.path {
            self.pattern("canonical.path", path);
        }
        if let Some(scheme) = &canonical.id_time {
            let names: Vec<&str> = IdTime::NAMES.iter().map(|(name, _)| *name).collect();
            self.one_of("canonical.id_time", scheme, &names);
        }
        if let Some(fragment) = &canonical.keep_fragment {
            self.pattern("canonical.keep_fragment", fragment);
        }
        for (at, [re, by]) in canonical.replace.iter().enumerate() {
            let path = format!("canonical.replace[{at}]");
            match pattern::compile(re) {
                Ok(re) if !permalink::replaces(&re, by) => {
                    self.fault(&path, Msg::new("error_definition_replacement").with("replacement", by));
                }
                _ => self.pattern(&path, re),
            }
        }
        self.template("canonical.permalink", canonical.permalink.as_deref());
    }

    fn template(&mut self, path: &str, template: Option<&str>) {
        for hole in template.iter().flat_map(|template| template.split('{').skip(1)) {
            self.one_of(path, hole.split('}').next().unwrap_or_default(), permalink::HOLES);
        }
    }

    fn readers(&mut self, path: &str, fields: &BTreeMap<String, Vec<Reader>>, known: &[&str]) {
        for (name, readers) in fields {
            let path = format!("{path}.{name}");
            self.one_of(&path, name, known);
            for (at, reader) in readers.iter().enumerate() {
                let path = format!("{path}[{at}]");
                for (part, css) in [
                    ("closest", &reader.closest),
                    ("above", &reader.above),
                    ("css", &reader.css),
                    ("not_in", &reader.not_in),
                    ("skip", &reader.skip),
                    ("block", &reader.block),
                ] {
                    self.optional(&format!("{path}.{part}"), css.as_deref());
                }
                if let Some(re) = &reader.re {
                    self.pattern(&format!("{path}.re"), re);
                }
            }
        }
    }

    fn place(&mut self, path: &str, place: &Place) {
        self.selector(&format!("{path}.css"), &place.css);
    }

    fn optional(&mut self, path: &str, css: Option<&str>) {
        if let Some(css) = css {
            self.selector(path, css);
        }
    }

    fn selector(&mut self, path: &str, css: &str) {
        #[cfg(feature = "cli")]
        let fine = scraper::Selector::parse(css).is_ok();
        #[cfg(not(feature = "cli"))]
        let fine = !css.trim().is_empty();
        if !fine {
            self.fault(path, Msg::new("error_definition_selector").with("selector", css));
        }
    }

    fn pattern(&mut self, path: &str, re: &str) {
        if let Err(detail) = pattern::compile(re) {
            self.fault(path, Msg::new("error_definition_pattern").with("pattern", re).with("detail", detail));
        }
    }

    fn one_of(&mut self, path: &str, found: &str, known: &[&str]) {
        if !known.contains(&found) {
            let what = Msg::new("error_definition_unknown").with("found", found).with("known", known.join(", "));
            self.fault(path, what);
        }
    }
}

fn version(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    let version = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"schema = 1
version = 3
min_app = "0.1.0"
id = "board"
name = "Board"
network = "board"
hosts = ["*"]
detect = ["body.board"]
[[posts]]
select = ".post"
kind = "comment"
row = { css = ".head", put = "append" }
[posts.fields]
native_id = [{ attr = "data-id" }]
text = [
  { css = ".text" },
  { css = ".body", re = "^(.+)$" },
]
"#;

    #[test]
    fn a_good_definition_is_read() {
        assert_eq!(parse(GOOD).map(|definition| definition.id), Ok("board".to_owned()));
    }

    #[track_caller]
    fn check(from: &str, to: &str, line: usize, field: &str, key: &str) {
        assert!(GOOD.contains(from));
        let faults = parse(&GOOD.replace(from, to)).unwrap_err();
        let found: Vec<_> = faults.iter().map(|f| (f.line, f.field.as_str(), f.what.key.as_str())).collect();
        assert_eq!(found, [(Some(line), field, key)]);
    }

    #[test]
    fn faults_name_line_and_field() {
        check("schema = 1", "schema = 2", 1, "schema", "error_definition_schema");
        check("0.1.0", "99.0.0", 3, "min_app", "error_definition_too_new");
        check("0.1.0", "new", 3, "min_app", "error_definition_version");
        check("\"board\"\nname", "\"Bo ard\"\nname", 4, "id", "error_definition_id");
        check("[\"*\"]", "[\"https://a\"]", 7, "hosts[0]", "error_definition_host");
        check("[\"body.board\"]", "[]", 8, "detect", "error_definition_no_detect");
        check("\".post\"", "\".post[\"", 10, "posts[0].select", "error_definition_selector");
        check("native_id", "likes", 13, "posts[0].fields", "error_definition_no_identity");
        check("text = [", "texts = [", 15, "posts[0].fields.texts", "error_definition_unknown");
        check("^(.+)$", "(?i)x", 17, "posts[0].fields.text[1].re", "error_definition_pattern");
        check("\".head\"", "\"::\"", 12, "posts[0].row.css", "error_definition_selector");
        let kind = "kind = \"comment\"";
        check(kind, "kind = \"comment\"\npermalink = \"{ids}\"", 12, "posts[0].permalink", "error_definition_unknown");
        check(kind, "kind = 5", 11, "", "error_definition_syntax");
        check("{ css = \".text\" }", "{ csss = \".text\" }", 16, "", "error_definition_syntax");
    }

    #[test]
    fn faults_in_what_makes_a_link_canonical() {
        let check = |line: &str, field: &str, key: &str| {
            check("[[posts]]", &format!("[canonical]\n{line}\n[[posts]]"), 10, field, key);
        };
        check("permalink = \"{origin}/{id.3}\"", "canonical.permalink", "error_definition_unknown");
        check("keep_fragment = \"(?=x)\"", "canonical.keep_fragment", "error_definition_pattern");
        check("replace = [[\"(\", \"/\"]]", "canonical.replace[0]", "error_definition_pattern");
        check("replace = [[\"^/a/(x)\", \"/b/$2\"]]", "canonical.replace[0]", "error_definition_replacement");
        check("replace = [[\"^/a/(x)\", \"/b?$1\"]]", "canonical.replace[0]", "error_definition_replacement");
        check("replace = [[\"^/a\"]]", "", "error_definition_syntax");
        let fine = "permalink = \"{origin}/{thread}/{id.1}/{id}\"\nkeep_fragment = \"^c-[0-9]+$\"\nkeep_query = [\"*\"]\nreplace = [[\"^/a/(x)\", \"/b/$1\"]]";
        assert!(parse(&GOOD.replace("[[posts]]", &format!("[canonical]\n{fine}\n[[posts]]"))).is_ok());
    }

    #[test]
    fn units_of_a_limit_have_a_name() {
        let with = |count: &str| {
            let composer = "[[composers]]\nselect = \"textarea\"\nkind = \"reply\"\nregion = \"form\"\nsend = []\n";
            let strip = "strip = { css = \"form\", put = \"after\" }\nlimit = 9\n";
            parse(&format!("{GOOD}\n{composer}{strip}count = \"{count}\"\n"))
                .map_err(|faults| faults.iter().map(|fault| fault.field.clone()).collect::<Vec<_>>())
        };
        assert!(["x", "utf16", "graphemes"].iter().all(|count| with(count).is_ok()));
        assert_eq!(with("bytes").map(|_| ()), Err(vec!["composers[0].count".to_owned()]));
    }

    #[test]
    fn a_private_composer_cannot_read_what_was_said() {
        let check = |rule: &str, field: Option<&str>| {
            let head = "[[composers]]\nselect = \"textarea\"\nregion = \"form\"\nsend = []\n";
            let strip = "strip = { css = \"form\", put = \"after\" }\n";
            let found = parse(&format!("{GOOD}\n{head}{strip}{rule}")).map_err(|faults| faults[0].field.clone());
            assert_eq!(found.err().as_deref(), field, "{rule}");
        };
        let private = "kind = \"message\"\nprivate = true\n";
        check(private, None);
        check(&format!("{private}fields.target_name = [{{ css = \"h2\" }}]"), None);
        check(&format!("{private}fields.target_text = [{{ css = \"p\" }}]"), Some("composers[0].fields.target_text"));
        check(&format!("{private}target = {{ css = \".post\" }}"), Some("composers[0].target"));
        check("kind = \"message\"\n", Some("composers[0].private"));
    }

    #[test]
    fn every_fault_has_words() {
        let catalogue = crate::message::Catalogue::of(crate::message::Lang::En);
        let known: Vec<&str> = catalogue.keys().collect();
        for key in [
            "syntax",
            "schema",
            "too_new",
            "version",
            "id",
            "empty",
            "host",
            "no_detect",
            "no_identity",
            "selector",
            "pattern",
            "replacement",
            "unknown",
            "private",
        ] {
            assert!(known.contains(&format!("error_definition_{key}").as_str()), "{key}");
        }
    }
}
