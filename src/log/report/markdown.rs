//! A report as Markdown for people: tables, in words of the catalogue, and room for the person's own conclusions.

use std::fmt::Write as _;

use super::{Figure, Group, Hours, Report, Row, Unit, Waiting};
use crate::message::{Catalogue, Msg};

/// Shown where there is nothing to tell.
const ABSENT: &str = "–";

/// As many hours share a column of the table of hours: eight columns still fit a page.
const HOURS_OF_A_COLUMN: usize = 3;

/// `report` as Markdown in the words of `words`. Text of other people is shown as text, whatever signs it holds.
pub fn markdown(report: &Report, words: &Catalogue) -> String {
    let mut page = Page { words, out: String::new() };
    page.head(report);
    page.figures(report);
    page.groups("network", "networks", &report.networks, None);
    page.groups("department", "departments", &report.departments, Some("log_no_department"));
    page.groups("tag", "tags", &report.tags, None);
    page.people(report);
    page.templates(report);
    page.overrides(report);
    page.hours(&report.hours);
    page.longest(&report.unanswered_longest);
    page.section("conclusions");
    page.line(&format!("_{}_", page.word("conclusions_hint")));
    page.out
}

/// A column of counts: its word, and what it counts.
type Counted<'a, T> = (&'a str, fn(&T) -> i64);

struct Page<'a> {
    words: &'a Catalogue,
    out: String,
}

impl Page<'_> {
    fn word(&self, key: &str) -> String {
        self.words.word(&format!("report_{key}"))
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn section(&mut self, key: &str) {
        let title = self.word(key);
        self.line(&format!("\n## {title}\n"));
    }

    /// A table: its first column holds words, so many after it hold numbers, and the others words again.
    fn table(&mut self, heads: &[String], numbers: usize, rows: impl IntoIterator<Item = Vec<String>>) {
        let row = |cells: &[String]| format!("| {} |", cells.join(" | "));
        let words = heads.len().saturating_sub(numbers + 1);
        self.line(&row(heads));
        self.line(&format!("|---|{}{}", "---:|".repeat(numbers), "---|".repeat(words)));
        for cells in rows {
            self.line(&row(&cells));
        }
    }

    fn head(&mut self, report: &Report) {
        let say = |msg: Msg| self.words.say(&msg);
        let days = |key: &str, days: &super::Days| Msg::new(key).with("first", &days.first).with("last", &days.last);
        let title = say(days("report_title", &report.period));
        let against = say(days("report_against", &report.previous).with("zone", &report.time_zone));
        let begins = report.log_begins.as_ref().filter(|day| **day > report.previous.first);
        let is_there = begins.is_none_or(|day| *day <= report.period.last) && report.log_begins.is_some();
        let began = match begins {
            Some(day) if is_there => Some(say(Msg::new("report_began").with("day", day))),
            _ if is_there => None,
            _ => Some(self.word("nothing")),
        };
        self.line(&format!("# {title}\n\n{against}"));
        if let Some(began) = began {
            self.line(&began);
        }
    }

    fn figures(&mut self, report: &Report) {
        self.section("figures");
        let heads = ["figure", "now", "before", "change"].map(|key| self.word(key));
        let row = |figure: Figure| {
            let value = |value| self.value(figure.unit, value);
            let name = self.word(&format!("figure_{}", figure.name));
            vec![name, value(figure.value), value(figure.previous), self.change(figure.unit, figure.change)]
        };
        let rows: Vec<_> = report.figures.list().map(row).collect();
        self.table(&heads, heads.len() - 1, rows);
    }

    fn groups(&mut self, head: &str, section: &str, groups: &[Row<Group>], nameless: Option<&str>) {
        if groups.is_empty() {
            return;
        }
        self.section(section);
        let keys = ["before", "figure_response_rate_per_mille", "before", "figure_first_response_median_ms", "before"];
        let mut heads = vec![self.word(head), self.word("figure_mentions")];
        heads.extend(keys.map(|key| self.word(key)));
        heads.push(self.word("figure_open_cases"));
        let row = |row: &Row<Group>| {
            let before = |of: fn(&Group) -> Option<i64>| row.before.as_ref().and_then(of);
            let rate = |value| self.value(Unit::PerMille, value);
            let time = |value| self.value(Unit::Ms, value);
            vec![
                self.name(row, nameless),
                row.now.mentions.to_string(),
                self.value(Unit::Count, before(|group| Some(group.mentions))),
                rate(row.now.response_rate_per_mille),
                rate(before(|group| group.response_rate_per_mille)),
                time(row.now.first_response_median_ms),
                time(before(|group| group.first_response_median_ms)),
                row.now.open_cases.to_string(),
            ]
        };
        let rows: Vec<_> = groups.iter().map(row).collect();
        self.table(&heads, heads.len() - 1, rows);
    }

    fn people(&mut self, report: &Report) {
        self.pairs(
            "people",
            "person",
            &report.people,
            Some("log_nobody"),
            [("figure_replies", |work| work.replies), ("figure_open_cases", |work| work.open_cases)],
        );
    }

    fn templates(&mut self, report: &Report) {
        self.pairs(
            "templates",
            "template",
            &report.templates,
            None,
            [("answered_with", |one| one.mentions), ("settled", |one| one.settled)],
        );
    }

    fn overrides(&mut self, report: &Report) {
        let named = |row: &Row<i64>| {
            let title = row.name.as_ref().map(|id| (id, self.words.word(&format!("guard_check_{id}"))));
            // A check that this build does not know goes by its id.
            let name = title.map(|(id, title)| if title.starts_with("guard_check_") { id.clone() } else { title });
            Row { name, ..row.clone() }
        };
        let rows: Vec<Row<i64>> = report.overrides.iter().map(named).collect();
        self.pairs("overrides", "check", &rows, None, [("times", |count: &i64| *count)]);
    }

    /// A table of counts, each with the one before beside it.
    fn pairs<T, const N: usize>(
        &mut self,
        section: &str,
        head: &str,
        rows: &[Row<T>],
        nameless: Option<&str>,
        columns: [Counted<'_, T>; N],
    ) {
        if rows.is_empty() {
            return;
        }
        self.section(section);
        let mut heads = vec![self.word(head)];
        heads.extend(columns.iter().flat_map(|(key, _)| [self.word(key), self.word("before")]));
        let row = |row: &Row<T>| {
            let cells = columns.iter().flat_map(|(_, of)| {
                let before = row.before.as_ref().map(of);
                [of(&row.now).to_string(), self.value(Unit::Count, before)]
            });
            [self.name(row, nameless)].into_iter().chain(cells).collect()
        };
        let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
        self.table(&heads, heads.len() - 1, rows);
    }

    fn hours(&mut self, hours: &Hours) {
        let Some((day, hour, count)) = hours.busiest() else { return };
        self.section("hours");
        let mut heads = vec![self.word("weekday")];
        let columns = (0..24).step_by(HOURS_OF_A_COLUMN);
        heads.extend(columns.map(|hour| format!("{hour:02}–{:02}", hour + HOURS_OF_A_COLUMN)));
        let weekday = |day: usize| self.word(&format!("weekday_{}", day + 1));
        let row = |(day, hours): (usize, &[u32; 24])| {
            let sums = hours.chunks(HOURS_OF_A_COLUMN).map(|hours| hours.iter().sum::<u32>().to_string());
            [weekday(day)].into_iter().chain(sums).collect()
        };
        let rows: Vec<Vec<String>> = hours.by_weekday.iter().enumerate().map(row).collect();
        let busiest = Msg::new("report_busiest").with("day", weekday(day)).with("hour", format!("{hour:02}:00"));
        let busiest = self.words.say(&busiest.with("count", count));
        let unknown = Msg::new("report_hour_unknown").with("count", hours.hour_unknown);
        let unknown = self.words.say(&unknown);
        self.table(&heads, heads.len() - 1, rows);
        self.line(&format!("\n{busiest}"));
        if hours.hour_unknown > 0 {
            self.line(&format!("\n{unknown}"));
        }
    }

    fn longest(&mut self, waiting: &[Waiting]) {
        if waiting.is_empty() {
            return;
        }
        self.section("longest");
        let heads = ["author", "waits", "network", "status", "person"].map(|key| self.word(key));
        let row = |one: &Waiting| {
            let who = text(one.handle.as_deref().unwrap_or(&one.permalink));
            let status = self.words.word(&format!("log_status_{}", one.status.name()));
            let nobody = || self.words.word("log_nobody");
            vec![
                link(&who, &one.permalink),
                duration(one.age_ms),
                text(&one.network),
                status,
                one.assignee.as_deref().map_or_else(nobody, text),
            ]
        };
        let rows: Vec<_> = waiting.iter().map(row).collect();
        self.table(&heads, 1, rows);
    }

    fn name<T>(&self, row: &Row<T>, nameless: Option<&str>) -> String {
        let none = || nameless.map_or_else(|| ABSENT.to_owned(), |key| self.words.word(key));
        row.name.as_deref().map_or_else(none, text)
    }

    fn value(&self, unit: Unit, value: Option<i64>) -> String {
        match (unit, value) {
            (_, None) => ABSENT.to_owned(),
            (Unit::Count, Some(count)) => count.to_string(),
            (Unit::Ms, Some(ms)) => duration(ms),
            (Unit::PerMille, Some(share)) => {
                self.words.say(&Msg::new("report_percent").with("number", self.tenths(share)))
            }
        }
    }

    fn change(&self, unit: Unit, change: Option<i64>) -> String {
        let Some(change) = change else { return ABSENT.to_owned() };
        let size = change.saturating_abs();
        let size = match unit {
            Unit::Count => size.to_string(),
            Unit::Ms => duration(size),
            Unit::PerMille => self.words.say(&Msg::new("report_points").with("number", self.tenths(size))),
        };
        match change {
            0 => "=".to_owned(),
            1.. => format!("+{size}"),
            _ => format!("−{size}"),
        }
    }

    /// `87.5` of 875, with the language's own point.
    fn tenths(&self, tenths: i64) -> String {
        let point = self.word("decimal_point");
        if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}{point}{}", tenths / 10, tenths % 10) }
    }
}

/// `45 s`, `12 min`, `3 h 05 min`, `4 d 2 h`: signs that both languages share. Rounded to the minute, so that differences
/// look right beside what they are the difference of.
fn duration(ms: i64) -> String {
    let minutes = if ms < 60_000 { 0 } else { ms.saturating_add(30_000) / 60_000 };
    match minutes {
        0 => format!("{} s", ms / 1000),
        1..60 => format!("{minutes} min"),
        60..2880 => format!("{} h {:02} min", minutes / 60, minutes % 60),
        _ => format!("{} d {} h", minutes / 1440, minutes / 60 % 24),
    }
}

/// Other people's text in a cell: no sign of it is Markdown or HTML, and it stays on its line.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_control() => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A link with `words`, which are Markdown; the words alone where the address is none of the web.
fn link(words: &str, address: &str) -> String {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    if rest.is_none() {
        return words.to_owned();
    }
    let mut safe = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '<' | '>' | '|' | '\\' | '`' | '(' | ')' | ' ' => drop(write!(safe, "%{:02X}", u32::from(c))),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    format!("[{words}](<{safe}>)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_as_people_do() {
        let all = [0, 59_999, 60_000, 3_599_999, 3_900_000, 172_769_999, 172_800_000, 360_000_000].map(duration);
        assert_eq!(all, ["0 s", "59 s", "1 min", "1 h 00 min", "1 h 05 min", "47 h 59 min", "2 d 0 h", "4 d 4 h"]);
    }

    #[test]
    fn text_of_others_is_never_markup() {
        assert_eq!(text("a|b\n<i>*x*_"), "a\\|b \\<i\\>\\*x\\*\\_");
        assert_eq!(link("ana", "https://x.com/a b|c>(d)"), "[ana](<https://x.com/a%20b%7Cc%3E%28d%29>)");
        assert_eq!(link("ana", "javascript:alert(1)"), "ana");
        assert_eq!(link("ana", ""), "ana");
    }
}
