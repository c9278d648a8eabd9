//! Adding or mending a site: the address, pointing in a tab of it, then the review. The walk itself is pure
//! ([`crate::site::point::walk`]); here it is joined to the tab and to the page.

use std::time::Duration;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use web_sys::Url;

use super::tab;
use crate::message::Catalogue;
use crate::protocol::{Failure, MentionRow, PageMessage, PageRequest, PointAsk, PointSaid};
use crate::site::point::walk::{STEPS, Stage as Walking, Walk};
use crate::site::point::{Part, draft};
use crate::ui::edit::text;
use crate::ui::icons::icon;
use crate::ui::options::pieces::Button;
use crate::ui::shell::{Page, focus};
use crate::ui::words::{lang, say, t};

/// What the section shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The sites.
    List,
    /// Which site is to be added?
    Address,
    /// Somebody points in another tab.
    Pointing,
    /// The draft and what it reads.
    Review,
}

/// What a draft made of the page.
#[derive(Debug, Clone, Default)]
pub struct Trial {
    /// Wrong fields and what is wrong with them.
    pub faults: Vec<Failure>,
    /// The page's posts; one without a link could not be told from others.
    pub posts: Vec<MentionRow>,
    /// The same posts as the tool read them, by which what is missing is counted.
    pub raw: Value,
    /// Reply boxes, and how many of them have a control that sends.
    pub boxes: (u32, u32),
}

/// The wizard: a small copyable handle.
#[derive(Clone, Copy)]
pub struct Wizard {
    pub page: Page,
    pub stage: RwSignal<Stage>,
    pub walk: RwSignal<Walk>,
    pub trial: RwSignal<Option<Trial>>,
    /// A file that could not be taken in: its name and what is wrong.
    pub problems: RwSignal<Option<(String, Vec<String>)>>,
    /// Why pointing ended early, in words.
    trouble: RwSignal<Option<String>>,
    /// The address to point at, and the pattern of its permission.
    site: StoredValue<(String, String)>,
    tab: StoredValue<Option<i32>>,
    port: StoredValue<Option<tab::Port>, LocalStorage>,
    /// Version that the draft replaces.
    pub replaces: StoredValue<Option<u64>>,
    /// Counts attempts to reach the tool, so that a late end of an old port ends nothing new.
    attempt: StoredValue<u32>,
    /// The tool of this attempt has spoken.
    spoken: StoredValue<bool>,
}

/// How often a tab that is loading is looked at, and for how long.
const LOOK: Duration = Duration::from_millis(250);
const LOOKS: u32 = 120;

impl Wizard {
    pub fn new(page: Page) -> Self {
        Self {
            page,
            stage: RwSignal::new(Stage::List),
            walk: RwSignal::new(Walk::new(Value::Null, &[])),
            trial: RwSignal::new(None),
            problems: RwSignal::new(None),
            trouble: RwSignal::new(None),
            site: StoredValue::new((String::new(), String::new())),
            tab: StoredValue::new(None),
            port: StoredValue::new_local(None),
            replaces: StoredValue::new(None),
            attempt: StoredValue::new(0),
            spoken: StoredValue::new(false),
        }
    }

    /// A new site.
    pub fn add(self) {
        self.problems.set(None);
        self.trouble.set(None);
        self.trial.set(None);
        self.replaces.set_value(None);
        self.walk.set(Walk::new(Value::Null, &STEPS));
        self.tab.set_value(None);
        self.stage.set(Stage::Address);
        request_animation_frame(|| focus("site-address"));
    }

    /// A site of ours again.
    pub fn edit(self, definition: Value) {
        self.add();
        self.replaces.set_value(definition["version"].as_u64().or(Some(0)));
        let host = definition.pointer("/hosts/0").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.walk.set(Walk::new(definition, &[]));
        spawn_local(async move {
            // A page of it that is open is the one to point at, and says how it is reached.
            let open = tab::address(&host).await.and_then(|url| Url::new(&url).ok());
            let (url, scheme) = match open {
                Some(url) => (url.href(), url.protocol()),
                None => (format!("https://{host}/"), "https:".to_owned()),
            };
            self.site.set_value((url, format!("{scheme}//{host}/*")));
            self.stage.set(Stage::Review);
        });
    }

    /// Back to the list; nothing is kept.
    pub fn leave(self) {
        self.hang_up();
        self.stage.set(Stage::List);
        request_animation_frame(|| focus("site-add"));
    }

    /// The address was given: asks for the permission, then opens the tab. Straight from the click.
    fn go(self, typed: &str) {
        let url = draft::address(typed).and_then(|address| Url::new(&address).ok());
        let found = url.and_then(|url| Some((draft::origin_pattern(&url.protocol(), &url.hostname())?, url)));
        let Some((origin, url)) = found else {
            self.trouble.set(Some(t("sites_bad_address")));
            return;
        };
        self.trouble.set(None);
        let asked = tab::ask_for(&origin);
        let host = url.hostname().to_ascii_lowercase();
        self.site.set_value((url.href(), origin));
        spawn_local(async move {
            if !asked.await {
                self.trouble.set(Some(t("popup_not_permitted")));
                return;
            }
            let taken = |id: &str| self.page.state.with_untracked(|state| state.sites.iter().any(|site| site.id == id));
            let fresh = draft::start(&host, &draft::id_for(&host, taken));
            self.walk.set(Walk::new(fresh, &STEPS));
            self.point().await;
        });
    }

    /// Points again, at some parts only or (with none) just reads the page with the draft. Straight from the click: the
    /// permission may be new.
    pub fn again(self, parts: Vec<Part>) {
        self.trouble.set(None);
        let origin = self.site.with_value(|(_, origin)| origin.clone());
        let asked = tab::ask_for(&origin);
        self.walk.update(|walk| {
            let picked = std::mem::take(&mut walk.picked);
            *walk = Walk::new(walk.draft.clone(), &parts);
            walk.picked = picked;
        });
        spawn_local(async move {
            if asked.await {
                self.point().await;
            } else {
                self.trouble.set(Some(t("popup_not_permitted")));
            }
        });
    }

    /// Finds or opens the tab and begins there.
    async fn point(self) {
        self.stage.set(Stage::Pointing);
        let (url, origin) = self.site.get_value();
        let found = match self.tab.get_value() {
            Some(known) if tab::state(known).await.is_some() => {
                tab::show(known).await;
                Some(known)
            }
            _ => tab::find(&url, &origin).await,
        };
        match found {
            Some(found) => {
                self.tab.set_value(Some(found));
                self.begin(found).await;
            }
            None => self.give_up("sites_no_tab"),
        }
    }

    /// Waits until the tab has loaded, then puts the tool there and calls it.
    async fn begin(self, at: i32) {
        let pattern_host = self.host();
        let mut loaded = false;
        for _ in 0..LOOKS {
            match tab::state(at).await {
                None => return self.give_up("sites_tab_closed"),
                Some((true, url)) if !url.is_empty() && url != "about:blank" => {
                    if Url::new(&url).is_ok_and(|url| url.hostname() != pattern_host) {
                        return self.give_up("sites_left");
                    }
                    loaded = true;
                    break;
                }
                Some(_) => gloo_timers::future::sleep(LOOK).await,
            }
        }
        if !loaded || !tab::inject(at, false).await {
            return self.give_up("sites_no_tab");
        }
        self.call(at, false);
    }

    fn host(self) -> String {
        self.site.with_value(|(url, _)| Url::new(url).map(|url| url.hostname()).unwrap_or_default())
    }

    /// Opens the port; a tool that is not there lacked its ground.
    fn call(self, at: i32, grounded: bool) {
        let attempt = self.attempt.get_value().wrapping_add(1);
        self.attempt.set_value(attempt);
        self.spoken.set_value(false);
        let heard = move |said| {
            if self.attempt.get_value() == attempt {
                self.spoken.set_value(true);
                self.heard(said);
            }
        };
        let gone = move || {
            if self.attempt.get_value() == attempt && self.stage.get_untracked() == Stage::Pointing {
                spawn_local(self.lost(at, grounded));
            }
        };
        match tab::connect(at, heard, gone) {
            Some(port) => self.port.set_value(Some(port)),
            None => self.give_up("sites_no_tab"),
        }
    }

    /// The tool is gone: the page went elsewhere, or it never was there.
    async fn lost(self, at: i32, grounded: bool) {
        if self.spoken.get_value() {
            return self.begin(at).await;
        }
        if grounded || !tab::inject(at, true).await {
            return self.give_up("sites_no_tab");
        }
        self.call(at, true);
    }

    fn heard(self, said: PointSaid) {
        let Some(port) = self.port.get_value() else { return };
        if said.kind == "page" {
            self.read(said);
            return;
        }
        if said.kind == "ready" {
            let words = Catalogue::of(lang()).with_prefix("point_");
            tab::tell(&port, &PointAsk::Words { words, lang: lang().tag().to_owned() });
        }
        let asks = self.walk.try_update(|walk| walk.said(said, say)).unwrap_or_default();
        for ask in &asks {
            tab::tell(&port, ask);
        }
        if self.walk.with_untracked(|walk| walk.stage == Walking::Cancelled) {
            self.stop();
        }
    }

    /// Gives up pointing: what was there before is shown again.
    pub fn stop(self) {
        self.hang_up();
        let some = self.walk.with_untracked(|walk| walk.draft.pointer("/posts/0/fields/text").is_some());
        if some {
            self.stage.set(Stage::Review);
        } else {
            self.leave();
        }
        spawn_local(tab::come_back());
    }

    fn give_up(self, why: &str) {
        self.stop();
        self.trouble.set(Some(t(why)));
        if self.stage.get_untracked() == Stage::List {
            self.stage.set(Stage::Address);
        }
    }

    fn hang_up(self) {
        // What is still said on the way is not heard any more.
        self.attempt.update_value(|attempt| *attempt = attempt.wrapping_add(1));
        if let Some(port) = self.port.get_value() {
            tab::tell(&port, &PointAsk::End {});
            tab::hang_up(&port);
        }
        self.port.set_value(None);
    }

    /// The page was read with the draft: what does it mean?
    fn read(self, said: PointSaid) {
        self.hang_up();
        let PointSaid { url, posts: raw, boxes, sends, .. } = said;
        let definition = self.walk.with_untracked(|walk| walk.draft.clone());
        spawn_local(async move {
            let asked = PageRequest::Try { definition, url, posts: raw.clone() };
            if let Some(PageMessage::Tried { faults, posts }) = self.page.ask(asked).await {
                self.trial.set(Some(Trial { faults, posts, raw, boxes: (boxes, sends) }));
            }
            self.stage.set(Stage::Review);
            tab::come_back().await;
            request_animation_frame(|| focus("site-review"));
        });
    }

    /// Why pointing ended, as a notice.
    pub fn trouble(self) -> Option<AnyView> {
        let words = self.trouble.get()?;
        Some(view! { <p class="notice warn" role="alert" id="site-trouble">{words}</p> }.into_any())
    }

    /// Name of the site in hand.
    pub fn name(self) -> String {
        self.walk.with(|walk| text(&walk.draft, "name").to_owned())
    }
}

/// Which site?
pub fn address(wizard: Wizard) -> AnyView {
    let typed = RwSignal::new(String::new());
    let go = move |event: SubmitEvent| {
        event.prevent_default();
        wizard.go(&typed.get_untracked());
    };
    view! {
        <form class="card stack" on:submit=go>
            <h2>{t("sites_add")}</h2>
            <div class="field">
                <label class="label" for="site-address">{t("sites_address")}</label>
                <p class="help" id="site-address-help">{t("sites_address_help")}</p>
                <input class="input" id="site-address" type="text" inputmode="url" autocomplete="off" autocapitalize="none" spellcheck="false"
                    placeholder="https://" aria-describedby="site-address-help" prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event)) />
            </div>
            {move || wizard.trouble()}
            <p class="muted small">{t("sites_permission_help")}</p>
            <div class="row">
                <button class="button primary" type="submit">{icon("open")}{t("sites_go")}</button>
                {Button::new("quiet", "", "sites_cancel").on(move || wizard.leave())}
            </div>
        </form>
    }
    .into_any()
}

/// Somebody points in another tab.
pub fn pointing(wizard: Wizard) -> AnyView {
    let at = Memo::new(move |_| wizard.walk.with(Walk::part));
    let steps = move || {
        let now = at.get();
        let done = wizard.walk.with(|walk| draft::fields(&walk.draft));
        let row = |part: Part| {
            let css = done.iter().find(|(known, _)| *known == part).map(|(_, css)| css.clone());
            let current = (now == Some(part)).then_some("step");
            view! {
                <li class="row" aria-current=current>
                    <span class="step-dot" class:now=now == Some(part)></span>
                    <span class="grow">{t(&format!("sites_part_{}", part.name()))}</span>
                    {css.map(|css| view! { <code class="clip">{css}</code> })}
                </li>
            }
        };
        STEPS.into_iter().map(row).collect::<Vec<_>>()
    };
    let show = move || {
        if let Some(known) = wizard.tab.get_value() {
            spawn_local(tab::show(known));
        }
    };
    view! {
        <section class="card stack" id="site-pointing">
            <h2>{move || wizard.name()}</h2>
            <p class="muted">{t("sites_pointing_help")}</p>
            <ol class="stack tight">{steps}</ol>
            <div class="row">
                {Button::new("primary", "open", "sites_show_tab").on(show)}
                {Button::new("quiet", "", "sites_cancel").on(move || wizard.stop())}
            </div>
        </section>
    }
    .into_any()
}
