//! The workspace as the brain uses it: settings made ready once, when they are loaded or change.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use super::matching::Watch;
use super::spelling::WORD;
use crate::json;
use crate::log::Settings;
use crate::message::Lang;
use crate::ordered::{ordered, sort};
use crate::protocol::{FiringRow, PackRow, RuleRow, SiteRow};
use crate::site::definition::Definition;
use crate::site::{load, registry};
use crate::template::{Families, Index, Kind, Template, starter};
use crate::voice::preview::{self, Firing, Reply};
use crate::voice::{Checker, Pack, Switches, bundled, compiled};
use crate::workspace::Workspace;
use crate::workspace::device::SAMPLE;

/// Settings, ready for use. What a hello does not need is made when it is first asked for.
#[derive(Debug, Default)]
pub struct Library {
    pub workspace: Workspace,
    pub watch: Watch,
    definitions: Vec<Rc<Definition>>,
    own_definitions: BTreeSet<String>,
    settings: Settings,
    templates: OnceCell<Vec<Template>>,
    index: OnceCell<(Index, Families)>,
    checker: OnceCell<Checker>,
}

impl Library {
    /// Makes the settings of workspace `id` ready; what nobody set yet is named in `lang`.
    pub fn new(id: &str, settings: &Settings, lang: Lang) -> Self {
        let workspace = settings.workspace(first_settings(id, lang));
        let mut own: Vec<Definition> =
            settings.items("definition").filter_map(|(_, value)| definition(value)).collect();
        own.retain(|one| load::faults(one).is_empty());
        let removed: Vec<&str> = settings.removed("definition").collect();
        let in_force = registry::in_force(&own, &[]);
        let definitions = in_force.into_iter().filter(|one| !removed.contains(&one.id.as_str())).map(Rc::new).collect();
        Self {
            watch: Watch::new(&workspace),
            workspace,
            definitions,
            own_definitions: ordered(own.into_iter().map(|one| one.id)),
            settings: settings.clone(),
            templates: OnceCell::new(),
            index: OnceCell::new(),
            checker: OnceCell::new(),
        }
    }

    /// Definitions that may fit a host, best first.
    pub fn definitions_for(&self, host: &str) -> Vec<Rc<Definition>> {
        registry::for_host(&self.definitions, host)
    }

    /// The definition of that id.
    pub fn definition(&self, id: &str) -> Option<Rc<Definition>> {
        self.definitions.iter().find(|one| one.id == id).cloned()
    }

    /// Definitions as pages list them.
    pub fn sites(&self) -> Vec<SiteRow> {
        let row = |one: &Rc<Definition>| SiteRow { own: self.own_definitions.contains(&one.id), ..site_row(one) };
        self.definitions.iter().map(row).collect()
    }

    /// The hosts for which `other` has other definitions of the workspace's own than this.
    pub fn changed_hosts(&self, other: &Self) -> Vec<String> {
        let of = |library: &Self, id: &str| library.settings.item("definition", id).cloned();
        let mut hosts = Vec::new();
        for id in self.own_definitions.union(&other.own_definitions).filter(|id| of(self, id) != of(other, id)) {
            let both = [self.definition(id), other.definition(id)].into_iter().flatten();
            hosts.extend(both.flat_map(|one| one.hosts.clone()));
        }
        sort(&mut hosts, Ord::cmp);
        hosts.dedup();
        hosts
    }

    /// This library, with what needs not be made again of the one it takes the place of.
    pub fn after(mut self, old: Self) -> Self {
        if self.settings.has_templates_of(&old.settings) {
            self.templates = old.templates;
            self.index = old.index;
        }
        self
    }

    /// Settings with their templates.
    pub fn complete(&mut self, settings: &Settings) {
        self.settings = settings.clone();
        self.templates = OnceCell::new();
        self.index = OnceCell::new();
    }

    /// Every template, the brand's own first.
    pub fn templates(&self) -> &[Template] {
        self.templates.get_or_init(|| {
            let removed: Vec<&str> = self.settings.removed("template").collect();
            let own: Vec<Template> =
                self.settings.items("template").filter_map(|(id, value)| template(id, value)).collect();
            let bundled = [Lang::En, Lang::Es].into_iter().flat_map(starter);
            let bundled = bundled.filter(|one| !removed.contains(&one.id.as_str()));
            let kept = bundled.filter(|one| own.iter().all(|mine| mine.id != one.id)).cloned();
            own.iter().cloned().chain(kept).collect()
        })
    }

    /// May it be proposed now? During a crisis hold nothing promotional is.
    pub fn offers(&self, template: &Template) -> bool {
        let is_held = self.workspace.hold && template.kind == Kind::Promo;
        !template.off && !is_held
    }

    /// Does it come before all others? During a crisis hold the statements for it do.
    pub fn puts_first(&self, template: &Template) -> bool {
        self.workspace.hold && template.kind == Kind::Holding
    }

    /// What searching needs, which a reply box alone does not.
    fn ready(&self) -> &(Index, Families) {
        self.index.get_or_init(|| (Index::new(self.templates()), Families::new(self.templates())))
    }

    /// The body of the template of that trigger or id, for another that includes it.
    pub fn part(&self, name: &str) -> Option<String> {
        let all = self.templates();
        let found = all
            .iter()
            .find(|one| one.trigger.as_deref() == Some(name))
            .or_else(|| all.iter().find(|one| one.id == name));
        found.map(|one| one.body.clone())
    }

    /// The templates, ready for searching.
    pub fn index(&self) -> &Index {
        &self.ready().0
    }

    /// Which templates are variants of one message.
    pub fn families(&self) -> &Families {
        &self.ready().1
    }

    /// Packs as pages list them.
    pub fn packs(&self, lang: Lang) -> Vec<PackRow> {
        let switches = self.switches(self.packs_on());
        let row = |pack: &Pack| {
            let info = pack.info(lang);
            PackRow {
                // One whose rules were switched on one by one is at work too.
                on: switches.pack(pack) || pack.rules.iter().any(|rule| switches.rule(pack, rule)),
                rules: u32::try_from(info.rules.len()).unwrap_or(u32::MAX),
                id: info.id,
                name: info.name,
                language: info.language,
            }
        };
        // One without rules only tells what posts are.
        self.all_packs().iter().filter(|pack| !pack.rules.is_empty()).map(row).collect()
    }

    /// The packs at work; until somebody chooses, those that are on by themselves.
    fn packs_on(&self) -> BTreeSet<String> {
        match self.settings.item("workspace", "packs") {
            Some(_) => ordered(self.workspace.packs.iter().cloned()),
            None => ordered(self.all_packs().into_iter().filter(|pack| pack.on).map(|pack| pack.id)),
        }
    }

    /// The workspace with the packs that are at work, also while nobody has chosen any.
    pub fn whole_workspace(&self) -> Workspace {
        Workspace { packs: self.packs_on().into_iter().collect(), ..self.workspace.clone() }
    }

    fn all_packs(&self) -> Vec<Pack> {
        let own = self.settings.items("pack").filter_map(|(id, value)| pack(id, value));
        bundled().iter().cloned().chain(own).collect()
    }

    /// The brand's dictionary.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.settings.items(WORD).map(|(word, _)| word)
    }

    /// The voice checker of this workspace.
    pub fn checker(&self) -> &Checker {
        self.checker.get_or_init(|| {
            let all = self.all_packs();
            Checker::new(&all, &self.switches(self.packs_on()))
        })
    }

    fn switches(&self, packs: BTreeSet<String>) -> Switches {
        let Workspace { rules_on, rules_off, .. } = &self.workspace;
        let (on, off) = (ordered(rules_on.iter().cloned()), ordered(rules_off.iter().cloned()));
        Switches { packs: Some(packs), off, on, ..Switches::default() }
    }

    /// Every rule of every pack, as pages list them.
    pub fn rules(&self, lang: Lang) -> Vec<RuleRow> {
        let switches = self.switches(self.packs_on());
        let all = self.all_packs();
        let rows = all.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
        rows.map(|(pack, rule)| {
            let info = rule.info(lang);
            RuleRow {
                pack: pack.id.clone(),
                on: switches.rule(pack, rule),
                id: info.id,
                name: info.name,
                why: info.why,
                severity: info.severity.name().to_owned(),
                by_itself: pack.on && info.on,
            }
        })
        .collect()
    }

    /// How often rules speak over replies that were sent: those of a pack that is being written, else all there are.
    pub fn firing(&self, draft: Option<&str>, replies: &[Reply]) -> Option<Vec<FiringRow>> {
        let packs = match draft {
            Some(text) => vec![compiled::read(text)?],
            None => self.all_packs(),
        };
        let row = |Firing { rule, count, of, excerpts }| FiringRow { rule, count, of, excerpts };
        Some(preview::firing(&packs, replies).into_iter().map(row).collect())
    }
}

/// A definition as pages list it.
pub fn site_row(one: &Definition) -> SiteRow {
    let tightest =
        one.composers.iter().filter(|rule| !rule.private && rule.limit.is_some()).min_by_key(|rule| rule.limit);
    SiteRow {
        limit: tightest.and_then(|rule| rule.limit),
        count: tightest.and_then(|rule| rule.count.clone()),
        id: one.id.clone(),
        network: one.network.clone(),
        name: one.name.clone(),
        evidence: one.evidence,
        hosts: one.hosts.clone(),
        private: one.composers.iter().any(|rule| rule.private),
        own: false,
    }
}

/// A stored template; its id is the item's.
pub fn template(id: &str, value: &Value) -> Option<Template> {
    let template: Template = json::of(value)?;
    Some(Template { id: id.to_owned(), ..template })
}

/// A stored definition.
pub fn definition(value: &Value) -> Option<Definition> {
    json::of(value)
}

/// A stored pack: what it was made of, and under `compiled` what came of it.
pub fn pack(id: &str, value: &Value) -> Option<Pack> {
    let pack = compiled::read(value.get("compiled")?.as_str()?)?;
    Some(Pack { id: id.to_owned(), ..pack })
}

/// A workspace before anybody changed anything.
pub fn first_settings(id: &str, lang: Lang) -> Workspace {
    if id == SAMPLE { Workspace::sample(lang) } else { Workspace::first_run(lang) }
}
