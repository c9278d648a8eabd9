//! The syntax of a Vale configuration: sections of `key = value` lines. What the keys mean is [`super::config`]'s work.

/// A section; the lines before the first header are one without a name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// What stands in the brackets.
    pub name: String,
    /// Its lines.
    pub entries: Vec<Entry>,
}

/// `key = value`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub key: String,
    pub value: String,
    /// From 1.
    pub line: usize,
}

/// The sections of a file, in order, those of one name joined; else the line that is none, and why.
pub(super) fn parse(text: &str) -> Result<Vec<Section>, (usize, String)> {
    let mut sections = vec![Section::default()];
    let mut current = 0;
    let mut lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate();
    while let Some((at, raw)) = lines.next() {
        let line = raw.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(rest) = line.strip_prefix('[') {
            let Some(close) = rest.rfind(']') else {
                return Err((at + 1, format!("the section {line} has no closing bracket")));
            };
            let name = rest[..close].trim();
            current = sections.iter().position(|section| section.name == name).unwrap_or_else(|| {
                sections.push(Section { name: name.to_owned(), entries: Vec::new() });
                sections.len() - 1
            });
            continue;
        }
        let Some(split) = line.find(['=', ':']) else {
            return Err((at + 1, format!("\"{line}\" is neither a [section] nor key = value")));
        };
        let mut value = line[split + 1..].trim().to_owned();
        while value.ends_with('\\') {
            value.pop();
            match lines.next() {
                Some((_, more)) => value.push_str(more.trim()),
                None => break,
            }
        }
        let key = line[..split].trim().to_owned();
        sections[current].entries.push(Entry { key, value: bare(&value), line: at + 1 });
    }
    Ok(sections)
}

/// A value without its quotes and without a remark behind it.
fn bare(value: &str) -> String {
    for quote in ['"', '\'', '`'] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inner.to_owned();
        }
    }
    let remark = [" #", " ;", "\t#", "\t;"].iter().filter_map(|mark| value.find(mark)).min();
    value[..remark.unwrap_or(value.len())].trim().to_owned()
}

/// The parts of a list between commas; `\,` is a comma inside one.
pub(super) fn list(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&',') => chars.next().into_iter().for_each(|c| push(&mut parts, c)),
            ',' => parts.push(String::new()),
            _ => push(&mut parts, c),
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn push(parts: &mut [String], c: char) {
    if let Some(last) = parts.last_mut() {
        last.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_keys_and_remarks() {
        let text = "\u{feff}StylesPath = styles # here\n; a remark\n\n[*.{md,txt}]\nBasedOnStyles = A, B\nA.One = NO\n[*]\n\
                    T = \"a # b\"\n[*.{md,txt}]\nA.Two: YES\n";
        let sections = parse(text).unwrap();
        let flat: Vec<String> = sections
            .iter()
            .flat_map(|s| s.entries.iter().map(move |e| format!("{}|{}|{}|{}", s.name, e.key, e.value, e.line)))
            .collect();
        let expect = [
            "|StylesPath|styles|1",
            "*.{md,txt}|BasedOnStyles|A, B|5",
            "*.{md,txt}|A.One|NO|6",
            "*.{md,txt}|A.Two|YES|10",
            "*|T|a # b|8",
        ];
        assert_eq!(flat, expect);
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        assert_eq!(parse("a = 1\nnonsense\n").unwrap_err().0, 2);
        assert_eq!(parse("[open\n").unwrap_err().0, 1);
    }

    #[test]
    fn lists_keep_escaped_commas() {
        assert_eq!(list(r"a, (x{2\,}) , ,b\d"), ["a", "(x{2,})", r"b\d"]);
    }
}
