//! What our own pages ask: the popup, the panel, the log, the options and the practice page.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::Value;

use super::ask::Ask;
use super::doc::{Doc, host};
use super::io::{Effect, Facts, Moment, Outcome, Reads};
use super::library::{first_settings, site_row};
use super::matching::account_kind;
use super::settings::SILENCE;
use super::{Brain, Plan};
use crate::guard;
use crate::message::Msg;
use crate::protocol::{Failure, Health, MentionRow, PageMessage, PageRequest, PageState, Silence, SiteStatus};
use crate::site::definition::Definition;
use crate::site::hosts::covers;
use crate::site::post::RawPost;
use crate::site::read::{Acting, acting, interpret};
use crate::site::{load, registry};
use crate::voice::Input;
use crate::workspace::AccountKind;
use crate::workspace::device::{Device, FIRST, SAMPLE};

/// As many templates as one answer holds.
const SLICE: usize = 500;

/// How much of a post's text a trial shows.
const TRIED_TEXT: usize = 160;

impl Brain {
    pub(super) fn page(&mut self, ask: Ask, body: PageRequest, moment: &Moment) -> Plan {
        let changed = |ask: &Ask| {
            let ask = ask.clone();
            Box::new(move |_: &Self, event: &crate::log::EventId, _: Option<&_>, _: &_| {
                vec![ask.answer(&PageMessage::Changed { event: event.clone() })]
            })
        };
        match body {
            PageRequest::Open { .. } => {
                let reads = Reads { browser: true, ..Reads::default() };
                Plan::read(&ask.clone(), reads, move |brain, facts, moment| {
                    brain.learn(facts);
                    Outcome::now(vec![ask.answer(&PageMessage::State { state: Box::new(brain.state(moment.now)) })])
                })
            }
            PageRequest::Site { tab } => {
                let reads = Reads { browser: true, tab: Some(tab), ..Reads::default() };
                Plan::read(&ask.clone(), reads, move |brain, facts, _| {
                    let address = facts.address.clone().unwrap_or_default();
                    brain.learn(facts);
                    let site = Box::new(brain.site(tab, &address));
                    Outcome::now(vec![ask.answer(&PageMessage::Site { site })])
                })
            }
            PageRequest::Pause { host, feature, on } => {
                let known = matches!(feature.as_str(), "all" | "marks" | "voice" | "picker" | "gate");
                if !known || host.is_empty() {
                    return Plan::done(vec![ask.fail("invalid")]);
                }
                Self::device_change(ask, move |device, _| {
                    device.pause(&host, &feature, on);
                    true
                })
            }
            PageRequest::Device { name, value } if name == "me" => {
                let value = serde_json::json!({ "name": value.trim() });
                self.put(ask, "person", "me".to_owned(), Some(value))
            }
            PageRequest::Device { name, value } => {
                Self::device_change(ask, move |device, now| device.set(&name, &value, now))
            }
            PageRequest::Change { key, change } => Self::change(ask.clone(), key, change, changed(&ask)),
            PageRequest::Undo { event } => Self::undo(ask.clone(), event, changed(&ask)),
            PageRequest::Put { item, id, value } => self.put(ask, &item, id, Some(value)),
            PageRequest::Remove { item, id } if item != "workspace" => self.put(ask, &item, id, None),
            PageRequest::Remove { .. } => Plan::done(vec![ask.fail("invalid")]),
            PageRequest::Templates { from } => Plan::done(vec![ask.answer(&self.templates(from))]),
            PageRequest::PutTemplates { items } => self.put_templates(ask, items),
            PageRequest::Rules {} => {
                Plan::done(vec![ask.answer(&PageMessage::Rules { rules: self.library.rules(self.lang()) })])
            }
            PageRequest::Firing { pack, replies } => match self.library.firing(pack.as_deref(), &replies) {
                Some(rules) => Plan::done(vec![ask.answer(&PageMessage::Firing { rules })]),
                None => Plan::done(vec![ask.fail("invalid")]),
            },
            PageRequest::CheckText { text, language } => {
                let input = Input { text: &text, lang: language.as_deref(), ..Input::default() };
                let found = self.library.checker().check(&input);
                let findings = found.iter().zip(0..).map(|(finding, id)| finding.view(id, self.lang())).collect();
                Plan::done(vec![ask.answer(&PageMessage::Findings { findings })])
            }
            PageRequest::Workspace { id } => self.switch(ask, id),
            PageRequest::Team { team } => self.set_team(ask, team),
            PageRequest::Sync {} => Plan::done(vec![Effect::Share(true), ask.answer(&PageMessage::Done {})]),
            PageRequest::RemoveSample {} => self.remove_sample(ask),
            PageRequest::Import { jsonl } => self.import(ask, &jsonl),
            PageRequest::Erase { keys } => Self::erase(ask, keys),
            PageRequest::Health {} => Plan::done(vec![ask.answer(&PageMessage::Health { hosts: self.hosts() })]),
            PageRequest::Report { host } => {
                Plan::done(vec![ask.answer(&PageMessage::Diagnostics { text: self.report(&host) })])
            }
            PageRequest::Try { definition, url, posts } => {
                Plan::done(vec![ask.answer(&self.tried(&definition, &url, &posts, moment.now))])
            }
            PageRequest::Diagnostics {} => {
                Plan::read(&ask.clone(), Reads { count: true, ..Reads::default() }, move |brain, facts, _| {
                    let text = brain.diagnostics(facts.count);
                    Outcome::now(vec![ask.answer(&PageMessage::Diagnostics { text })])
                })
            }
        }
    }

    /// Changes the device's settings; `change` says whether there was anything to change.
    fn device_change(ask: Ask, change: impl FnOnce(&mut Device, i64) -> bool + 'static) -> Plan {
        Plan::read(&ask.clone(), Reads { device: true, ..Reads::default() }, move |brain, _, moment| {
            let mut device = brain.device.clone();
            if !change(&mut device, moment.now) {
                return Outcome::now(vec![ask.fail("invalid")]);
            }
            let mut then = vec![ask.answer(&PageMessage::Done {})];
            if device.language != brain.device.language {
                let lang = device.language.unwrap_or(brain.browser_language);
                then.push(Effect::Menu(crate::message::Catalogue::of(lang).word("agent_menu_save")));
            }
            Outcome { device: Some(device), then, failed: vec![ask.fail("storage")], ..Outcome::default() }
        })
    }

    /// A slice of the library.
    fn templates(&self, from: u32) -> PageMessage {
        let all = self.library.templates();
        let slice = all.iter().skip(from as usize).take(SLICE);
        PageMessage::Templates {
            templates: slice.cloned().collect(),
            total: u32::try_from(all.len()).unwrap_or(u32::MAX),
        }
    }

    fn learn(&mut self, facts: Facts) {
        self.keys = facts.keys.unwrap_or_default();
        self.origins = facts.origins.unwrap_or_default();
    }

    fn state(&self, now: i64) -> PageState {
        let lang = self.lang();
        PageState {
            lang,
            theme: self.device.theme.clone(),
            workspace: self.library.whole_workspace(),
            workspace_id: self.workspace_id.clone(),
            workspaces: self.workspaces(),
            packs: self.library.packs(lang),
            sites: self.library.sites(),
            definitions: self.settings.items("definition").map(|(_, value)| value.clone()).collect(),
            keys: self.keys.clone(),
            checks: guard::ids().map(str::to_owned).collect(),
            welcomed: self.device.welcomed,
            private: self.device.private.iter().cloned().collect(),
            words: self.device.words.iter().cloned().collect(),
            brand_words: self.library.words().map(str::to_owned).collect(),
            silenced: self.device.silenced.keys().cloned().collect(),
            silences: self.silences(),
            me: self.settings.name(self.user()),
            user: self.user().to_owned(),
            team: self.team().cloned(),
            sync: self.sync.clone(),
            replying: self.presence.all(now).map(|(key, user)| (key.clone(), self.settings.name(user))).collect(),
        }
    }

    /// Why people do not want to hear a rule, where they said so.
    fn silences(&self) -> Vec<Silence> {
        let all = self.settings.items(SILENCE).filter_map(|(id, reason)| {
            let (rule, user) = id.split_once(' ')?;
            Some(Silence { rule: rule.to_owned(), who: self.settings.name(user), reason: reason.as_str()?.to_owned() })
        });
        all.collect()
    }

    /// Every workspace with its name, as far as it is known here.
    fn workspaces(&self) -> Vec<(String, String)> {
        let here = &self.library.workspace;
        let name = if here.name.is_empty() { &here.brand } else { &here.name };
        let named = self.device.workspaces.iter().map(|(id, known)| match id.as_str() {
            id if id == self.workspace_id => (id.to_owned(), name.clone()),
            SAMPLE => (SAMPLE.to_owned(), first_settings(SAMPLE, self.lang()).name),
            id => (id.to_owned(), known.clone()),
        });
        named.collect()
    }

    /// What the popup shows of a tab.
    fn site(&self, tab: i32, address: &str) -> SiteStatus {
        let doc: Option<&Doc> = self.docs.values().filter(|doc| doc.tab == Some(tab)).min_by_key(|doc| !doc.top);
        let web = address.starts_with("https://") || address.starts_with("http://");
        let host = doc.map_or_else(|| if web { host(address) } else { String::new() }, |doc| doc.host.clone());
        let definition = doc.and_then(|doc| doc.definition.as_ref());
        // An engine that is told by its page counts only once an agent has seen the page.
        let named = || self.library.definitions_for(&host).into_iter().find(|one| !one.hosts.iter().any(|h| h == "*"));
        let site = definition.cloned().or_else(|| named().filter(|_| !host.is_empty())).map(|one| site_row(&one));
        let focused = doc.and_then(|doc| doc.composers.values().next_back()).map(|one| one.read.acting.clone());
        let known = |acting: &Acting| acting.handle.is_some() || acting.name.is_some();
        let account = focused.filter(known).or_else(|| doc.map(|doc| acting(&doc.page))).unwrap_or_default();
        let network = doc.map_or("", Doc::network);
        let kind = match account_kind(&self.library.workspace, network, &account) {
            Some(AccountKind::Brand) => "brand",
            Some(AccountKind::Personal) => "personal",
            None => "unknown",
        };
        let granted = self.origins.iter().any(|origin| {
            let pattern = super::doc::host(origin);
            pattern == "*" || covers(&pattern, &host)
        });
        SiteStatus {
            permitted: doc.is_some() || granted,
            account: account.handle.map(|handle| format!("@{handle}")).or(account.name),
            account_kind: kind.to_owned(),
            health: doc.map(|doc| doc.health.clone()).unwrap_or_default(),
            private: site.as_ref().is_some_and(|site| self.device.private.contains(&site.network)),
            unsupported: registry::unsupported(&host).filter(|_| site.is_none()),
            paused: self.device.paused_on(&host),
            only: self.device.sought_on(&host),
            site,
            host,
        }
    }

    /// How the open pages are read, by host.
    fn hosts(&self) -> Vec<SiteStatus> {
        let mut hosts: Vec<SiteStatus> = Vec::new();
        for doc in self.docs.values() {
            let Some(definition) = &doc.definition else { continue };
            match hosts.iter_mut().find(|one| one.host == doc.host) {
                Some(one) => one.health.add(&doc.health),
                None => hosts.push(SiteStatus {
                    host: doc.host.clone(),
                    site: Some(site_row(definition)),
                    health: doc.health.clone(),
                    ..SiteStatus::default()
                }),
            }
        }
        hosts
    }

    /// A report for whoever mends a definition: names and numbers of the structure, no text, no person, no address beyond
    /// the host.
    fn report(&self, host: &str) -> String {
        let Some(status) = self.hosts().into_iter().find(|one| one.host == host) else { return String::new() };
        let definition = status.site.as_ref().and_then(|site| self.library.definition(&site.id));
        let (id, version) = definition.as_ref().map_or(("-", 0), |one| (one.id.as_str(), one.version));
        let Health { seen, empty, composers, faults, off } = &status.health;
        let mut text = format!("rejoinder {} site {id} version {version} host {host}\n", crate::VERSION);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "posts {seen} boxes {composers} off {off:?}");
        for (field, count) in empty {
            let rules = definition.iter().flat_map(|one| &one.posts);
            let readers = rules.filter_map(|rule| rule.fields.get(field)).flatten();
            let mut selectors: Vec<&str> = readers.filter_map(|reader| reader.css.as_deref()).collect();
            selectors.dedup();
            let _ = writeln!(text, "missing {field} {count}: {}", selectors.join(" | "));
        }
        for (fault, count) in faults {
            let plain: String = fault.chars().filter(|c| c.is_ascii_alphanumeric() || "_:".contains(*c)).collect();
            let _ = writeln!(text, "fault {plain} {count}");
        }
        text
    }

    /// What a definition makes of posts that were read with it.
    fn tried(&self, definition: &Value, url: &str, posts: &Value, now: i64) -> PageMessage {
        let fault = |field: String, what: &Msg| Failure { code: field, text: self.words().say(what) };
        let one = match Definition::deserialize(definition) {
            Ok(one) => one,
            Err(error) => {
                let what = Msg::new("error_definition_syntax").with("detail", error);
                return PageMessage::Tried { faults: vec![fault(String::new(), &what)], posts: Vec::new() };
            }
        };
        let read = |raw: &RawPost| {
            let Some(post) = interpret(&one, raw, url, now) else { return MentionRow::default() };
            MentionRow {
                network: post.network,
                permalink: post.permalink,
                handle: post.author.handle,
                name: post.author.name,
                text: post.text.chars().take(TRIED_TEXT).collect(),
                published: post.published.map(|published| published.at),
                ..MentionRow::default()
            }
        };
        let raw: Vec<RawPost> = crate::json::of(posts).unwrap_or_default();
        PageMessage::Tried {
            posts: raw.iter().map(read).collect(),
            faults: load::faults(&one).into_iter().map(|one| fault(one.field, &one.what)).collect(),
        }
    }

    fn switch(&self, ask: Ask, id: String) -> Plan {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 40 || !id.chars().all(fits) {
            return Plan::done(vec![ask.fail("invalid")]);
        }
        Plan::read(&ask.clone(), Reads { device: true, ..Reads::default() }, move |brain, _, _| {
            let mut device = Device { workspaces: brain.workspaces(), ..brain.device.clone() };
            if device.workspaces.iter().all(|(known, _)| *known != id) {
                device.workspaces.push((id.clone(), String::new()));
            }
            device.workspace.clone_from(&id);
            let done = vec![ask.answer(&PageMessage::Done {})];
            Outcome {
                device: Some(device),
                then: vec![Effect::Switch(id, done)],
                failed: vec![ask.fail("storage")],
                ..Outcome::default()
            }
        })
    }

    fn remove_sample(&self, ask: Ask) -> Plan {
        Plan::read(&ask.clone(), Reads { device: true, ..Reads::default() }, move |brain, _, _| {
            let mut device = brain.device.clone();
            device.workspaces.retain(|(id, _)| id != SAMPLE);
            let done = vec![Effect::Drop(SAMPLE.to_owned()), ask.answer(&PageMessage::Done {})];
            let then = if device.workspace == SAMPLE {
                let other = device.workspaces.first().map_or(FIRST, |(id, _)| id).to_owned();
                device.workspace.clone_from(&other);
                vec![Effect::Switch(other, done)]
            } else {
                done
            };
            Outcome { device: Some(device), then, failed: vec![ask.fail("storage")], ..Outcome::default() }
        })
    }

    /// What helps whoever mends a fault: versions and counts, no word of any page.
    fn diagnostics(&self, events: u32) -> String {
        let mut text = format!(
            "rejoinder {} build {} lang {} workspace {}\nevents {events} crashes {}\n",
            crate::VERSION,
            self.build,
            self.lang().tag(),
            if self.workspace_id == SAMPLE { "sample" } else { "own" },
            self.crashes,
        );
        for doc in self.docs.values() {
            let site = doc.definition.as_ref().map_or("-", |definition| definition.id.as_str());
            let Health { seen, empty, composers, faults, off } = &doc.health;
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{site}: seen {seen} empty {empty:?} composers {composers} faults {faults:?} off {off:?}"
            );
        }
        text
    }
}
