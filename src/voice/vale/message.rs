//! Messages with Go's placeholders: `%s`, `%d`, `%[1]s`. What the placeholder has no value for becomes nothing.

/// A value of a message.
#[derive(Debug, Clone, Copy)]
pub(super) enum Arg<'a> {
    Text(&'a str),
    Count(usize),
}

/// `format` filled as Vale fills it: values left over are ignored, line breaks become spaces.
pub(super) fn fill(format: &str, args: &[Arg<'_>]) -> String {
    let mut out = String::with_capacity(format.len() + 16);
    let mut chars = format.chars().peekable();
    let mut next = 0;
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(if c == '\n' { ' ' } else { c });
            continue;
        }
        let mut flags = String::new();
        while let Some(flag) = chars.next_if(|&c| matches!(c, '+' | '-' | '#' | ' ' | '0'..='9' | '.')) {
            flags.push(flag);
        }
        if chars.next_if_eq(&'[').is_some() {
            let mut index = String::new();
            while let Some(digit) = chars.next_if(|&c| c != ']') {
                index.push(digit);
            }
            chars.next();
            next = index.parse::<usize>().map_or(usize::MAX, |index| index.wrapping_sub(1));
        }
        let Some(verb) = chars.next() else {
            out.push_str("%!(NOVERB)");
            break;
        };
        if verb == '%' {
            out.push('%');
            continue;
        }
        match args.get(next) {
            Some(arg) => out.push_str(&one(verb, *arg)),
            // The value that Vale adds at the end is empty.
            None if next == args.len() => {}
            None => out.push_str(&format!("%!{verb}(BADINDEX)")),
        }
        next = next.saturating_add(1);
    }
    out
}

fn one(verb: char, arg: Arg<'_>) -> String {
    match (verb, arg) {
        ('s' | 'v', Arg::Text(text)) => text.replace('\n', " "),
        ('q', Arg::Text(text)) => format!("{text:?}"),
        // A count is taken by either placeholder.
        ('d' | 'v' | 's', Arg::Count(count)) => count.to_string(),
        (_, Arg::Text(text)) => format!("%!{verb}(string={text})"),
        (_, Arg::Count(count)) => format!("%!{verb}(int={count})"),
    }
}

/// `'A', 'B', or 'C'`.
pub(super) fn choice(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => format!("'{one}'"),
        [one, other] => format!("'{one}' or '{other}'"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("'{word}'")).collect();
            format!("{}, or '{last}'", first.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        let (a, b, three) = (Arg::Text("a"), Arg::Text("b"), Arg::Count(3));
        let cases: [(&str, &[Arg<'_>], &str); 9] = [
            ("plain", &[a], "plain"),
            ("Use '%s' instead of '%s'.", &[a, b], "Use 'a' instead of 'b'."),
            ("%[2]s, not %[1]s", &[a, b], "b, not a"),
            ("only %s", &[a, b], "only a"),
            ("%s and %s", &[a], "a and "),
            ("100%% of %d", &[three], "100% of 3"),
            ("%s times", &[three], "3 times"),
            ("two\nlines", &[], "two lines"),
            ("%d", &[a], "%!d(string=a)"),
        ];
        for (format, args, expect) in cases {
            assert_eq!(fill(format, args), expect, "{format}");
        }
        assert_eq!(choice(&["a".into(), "b".into(), "c".into()]), "'a', 'b', or 'c'");
    }
}
