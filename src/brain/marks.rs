//! The row beside a post: at most two marks, and silence for almost every post.

use super::io::Moment;
use super::matching::{Match, Watch};
use crate::log::queue::is_open;
use crate::log::{Mention, Settings, Status};
use crate::message::{Catalogue, Msg};
use crate::people::Label;
use crate::protocol::{MarkView, PostView};
use crate::site::post::Post;
use crate::triage::hours::span;

/// As many marks as a post may carry.
const MAX_MARKS: usize = 2;

/// What a row is drawn from.
pub struct Row<'a> {
    pub local: u32,
    pub post: &'a Post,
    pub watch: &'a Watch,
    pub label: Option<Label>,
    /// The mention, when it is in the log.
    pub mention: Option<&'a Mention>,
    /// The brand's account that answered it, as the page shows.
    pub outside: Option<&'a str>,
    /// Name of the colleague who answers it now.
    pub replying: Option<String>,
    pub settings: &'a Settings,
    /// What is looked for on the page, with spaces between; empty = everything.
    pub only: &'a str,
}

impl Row<'_> {
    /// The view of the row.
    pub fn view(&self, words: &Catalogue, moment: &Moment) -> PostView {
        let mut marks = Vec::new();
        let replying = self.replying.as_ref();
        let replying = replying.map(|who| mark("state", words.say(&Msg::new("agent_mark_replying").with("who", who))));
        if replying.is_some() {
            marks.extend(replying);
        } else if let Some(mention) = self.mention {
            marks.push(mark("state", words.say(&state(mention, self.settings, moment))));
        } else if !self.watch.matches(self.post).is_empty() {
            marks.push(mark("mention", words.word("agent_mark_mention")));
            marks.extend(self.outside.map(|account| mark("state", words.say(&outside(Some(account))))));
        }
        if let Some(label) = self.label.filter(|_| !self.watch.is_own(self.post)) {
            marks.push(mark("person", words.say(&label.msg())));
        }
        marks.truncate(MAX_MARKS);
        let author = &self.post.author;
        let who = author.name.clone().or_else(|| author.handle.as_ref().map(|handle| format!("@{handle}")));
        let who = who.unwrap_or_else(|| words.word("agent_nobody"));
        let said: Vec<&str> = marks.iter().map(|mark| mark.text.as_str()).collect();
        let label = if said.is_empty() {
            Msg::new("agent_row_plain").with("who", who)
        } else {
            Msg::new("agent_row_marked").with("who", who).with("marks", said.join(", "))
        };
        let is_wanted = self.is_wanted();
        PostView {
            local: self.local,
            key: None,
            saved: self.mention.is_some(),
            dim: !is_wanted,
            stop: if self.only.is_empty() { !marks.is_empty() } else { is_wanted },
            marks,
            label: words.say(&label),
        }
    }

    /// The post is what is looked for on the page, in every respect; the brand's own never is.
    fn is_wanted(&self) -> bool {
        let is_ours = || self.mention.is_some() || !self.watch.matches(self.post).is_empty();
        let mut wanted = self.only.split_whitespace();
        self.only.is_empty()
            || !self.watch.is_own(self.post)
                && wanted.all(|what| match what {
                    "influencers" => self.label.is_some(),
                    // What is not the brand's business needs no answer, unless somebody notable wrote it.
                    "unanswered" => !self.is_answered() && (self.only.contains("influencers") || is_ours()),
                    _ => is_ours(),
                })
    }

    /// The brand answered it, or has done with it.
    fn is_answered(&self) -> bool {
        self.outside.is_some()
            || self
                .mention
                .is_some_and(|mention| !is_open(mention.status) || mention.replies().any(|reply| reply.confirmed))
    }
}

fn mark(kind: &str, text: String) -> MarkView {
    MarkView { kind: kind.to_owned(), text }
}

/// The one state of a post in the log, by precedence.
fn state(mention: &Mention, settings: &Settings, moment: &Moment) -> Msg {
    let late = mention.due.map(|due| (moment.now - due) / 60_000).filter(|minutes| *minutes > 0);
    let late = late.filter(|_| is_open(mention.status));
    // One that was noticed later may have been written earlier.
    let answered = mention.replies().filter(|reply| reply.confirmed).max_by_key(|reply| reply.at);
    if let Some(minutes) = late {
        return Msg::new("agent_mark_overdue").with("time", span(minutes));
    }
    if let Some(reply) = answered.filter(|reply| reply.outside) {
        return outside(reply.account.as_deref());
    }
    if let Some(reply) = answered {
        let time = clock_time(reply.at, moment.offset);
        let (key, words) = match mention.promise(moment.offset) {
            Some(promise) => ("agent_mark_promised", promise.words),
            None => ("agent_mark_answered", String::new()),
        };
        return Msg::new(key).with("who", settings.name(&reply.by)).with("time", time).with("words", words);
    }
    if mention.status == Status::NoAction {
        return Msg::new("agent_mark_no_action");
    }
    if mention.status == Status::Resolved {
        return Msg::new("agent_mark_resolved");
    }
    match (&mention.department, &mention.assignee) {
        (Some(department), _) => Msg::new("agent_mark_waiting").with("department", department),
        (None, Some(user)) => Msg::new("agent_mark_assigned").with("who", settings.name(user)),
        (None, None) => Msg::new("agent_mark_saved"),
    }
}

/// Answered, but not from here.
fn outside(account: Option<&str>) -> Msg {
    match account {
        Some(account) => Msg::new("agent_mark_outside").with("account", account),
        None => Msg::new("agent_mark_elsewhere"),
    }
}

/// Time of day where the person is.
fn clock_time(at: i64, offset: i32) -> String {
    let minutes = (at / 60_000 + i64::from(offset)).rem_euclid(1_440);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// Why a post is marked, for its card.
pub fn reasons(post: &Post, watch: &Watch, label: Option<Label>) -> Vec<Msg> {
    let matches = watch.matches(post).into_iter().map(|found| match found {
        Match::Tag(account) => Msg::new("card_why_tag").with("account", account),
        Match::Term(term) => Msg::new("card_why_term").with("term", term),
    });
    matches.chain(label.map(Label::msg)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::post::Author;
    use crate::workspace::{Account, Workspace};

    #[test]
    fn what_is_looked_for_stays_in_front() {
        let account = Account { network: "x".into(), handle: "alba".into(), ..Account::default() };
        let workspace = Workspace { brand: "Alba".into(), accounts: vec![account], ..Workspace::default() };
        let (watch, settings) = (Watch::new(&workspace), Settings::default());
        let wanted = |only: &str, text: &str, label: Option<Label>, outside: Option<&str>, by: &str| {
            let author = Author { handle: Some(by.into()), ..Author::default() };
            let post = Post { network: "x".into(), text: text.into(), author, ..Post::default() };
            let row = Row {
                local: 1,
                post: &post,
                watch: &watch,
                label,
                mention: None,
                outside,
                replying: None,
                settings: &settings,
                only,
            };
            row.is_wanted()
        };
        let (ours, other, vip) = ("I like Alba", "Nice weather", Some(Label::Vip));
        for (only, text, label, outside, expect) in [
            ("", other, None, None, true),
            ("mentions", ours, None, None, true),
            ("mentions", other, vip, None, false),
            ("influencers", other, vip, None, true),
            ("influencers", ours, None, None, false),
            ("unanswered", ours, None, None, true),
            ("unanswered", ours, None, Some("alba"), false),
            ("unanswered", other, vip, None, false),
            ("influencers unanswered", other, vip, None, true),
            ("influencers unanswered", ours, vip, Some("alba"), false),
            ("influencers mentions unanswered", other, vip, None, false),
            ("influencers mentions unanswered", ours, vip, None, true),
        ] {
            assert_eq!(wanted(only, text, label, outside, "ana"), expect, "{only}: {text} {label:?} {outside:?}");
        }
        assert!(!wanted("mentions", ours, None, None, "alba"), "the brand's own");
    }

    #[test]
    fn times_are_short() {
        assert_eq!(clock_time(0, 60), "01:00");
        assert_eq!(clock_time(0, -90), "22:30");
    }
}
