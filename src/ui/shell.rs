//! What every page has around its content: the first question to the background, language, theme, live region, and a bar
//! that says in words what failed, with a way to try again.

use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use super::client::Client;
use super::words::{self, t};
use super::{options, overlay, popup};
use crate::browser::{normal, package};
use crate::message::Lang;
use crate::protocol::{Failure, PageMessage, PageRequest, PageState};
#[cfg(feature = "library")]
use crate::site::limits::addresses;
#[cfg(feature = "library")]
use crate::template::{NAME_WORDS, starter};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = language)]
    static NAVIGATOR_LANGUAGE: Option<String>;
    #[wasm_bindgen(js_namespace = crypto, js_name = randomUUID)]
    fn random_uuid() -> String;
}

/// What every module does first; `then` builds the page as soon as there are words for it, and `files` are there.
fn prepare(files: impl Future<Output = ()> + 'static, then: impl FnOnce() + 'static) {
    report_panics();
    normal::hand_in();
    words::speak(browser_language());
    // Leptos' own way exists only once something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        package::catalogues().await;
        files.await;
        then();
    });
}

/// Builds the page of the template library.
#[cfg(feature = "library")]
pub fn start_library() {
    if super::library::is_worker() {
        return super::library::serve();
    }
    let [starters, domains, names] = ["templates.json", "top-level-domains.txt", "name-words.txt"].map(package::file);
    let files = async {
        starter::FILE.hand_in(starters.text().await);
        addresses::FILE.hand_in(domains.text().await);
        NAME_WORDS.hand_in(names.text().await);
    };
    prepare(files, || mount("library", "library_title", super::library::view));
}

/// Builds the team's page.
#[cfg(feature = "members")]
pub fn start_members() {
    prepare(std::future::ready(()), || mount("team", "team_title", super::team::view));
}

/// Builds the log page or the side panel, whichever the page names.
#[cfg(feature = "mentions")]
pub fn start_mentions() {
    let is_queue = named() == "panel";
    let packs = is_queue.then(|| package::file("packs.txt"));
    let files = async {
        if let Some(packs) = packs {
            crate::voice::bundled::FILE.hand_in(packs.text().await);
        }
    };
    let (name, title) = if is_queue { ("panel", "queue_title") } else { ("log", "log_title") };
    prepare(files, move || mount(name, title, super::log::view));
}

/// What `<body data-page>` names.
fn named() -> String {
    document().body().and_then(|body| body.dataset().get("page")).unwrap_or_default()
}

/// Builds the view that the page names.
pub fn start() {
    prepare(std::future::ready(()), move || match named().as_str() {
        "overlay" => overlay::start(),
        "popup" => mount("popup", "popup_title", popup::view),
        "options" => mount("options", "options_title", options::view),
        _ => {}
    });
}

/// A page at work: a small copyable handle that every view of it can keep.
#[derive(Clone, Copy)]
pub struct Page {
    client: StoredValue<Client<PageRequest, PageMessage>, LocalStorage>,
    /// What the background said last.
    pub state: RwSignal<PageState>,
    /// The log changed this often; a view that reads the log follows it.
    #[cfg(any(feature = "mentions", feature = "members", feature = "library"))]
    pub log_changes: RwSignal<u32>,
    /// The settings changed this often.
    pub state_changes: RwSignal<u32>,
    /// The command whose key arrived last, for whoever tries the keys.
    pub pressed: RwSignal<Option<String>>,
    live: RwSignal<String>,
    failure: RwSignal<Option<Failure>>,
    opened: RwSignal<bool>,
    /// Which page it is.
    pub name: &'static str,
}

impl Page {
    /// Asks; a failure is shown in the bar and comes back as `None`.
    pub async fn ask(self, request: PageRequest) -> Option<PageMessage> {
        let client = self.client.get_value();
        match client.ask(request).await {
            Ok(answer) => {
                self.failure.set(None);
                Some(answer)
            }
            Err(failure) => {
                self.failure.set(Some(failure));
                None
            }
        }
    }

    /// Asks, and hands a good answer to `then`.
    pub fn send(self, request: PageRequest, then: impl FnOnce(PageMessage) + 'static) {
        spawn_local(async move {
            if let Some(answer) = self.ask(request).await {
                then(answer);
            }
        });
    }

    /// Reads the state again.
    pub fn refresh(self) {
        self.send(PageRequest::Open { page: self.name.to_owned() }, move |answer| {
            if let PageMessage::State { state } = answer {
                apply_look(state.lang, &state.theme);
                self.state.set(*state);
                self.opened.set(true);
            }
        });
    }

    /// Shows again what is stored, after a change that failed; the failure stays in the bar.
    pub fn reread(self) {
        let client = self.client.get_value();
        spawn_local(async move {
            let answer = client.ask(PageRequest::Open { page: self.name.to_owned() }).await;
            if let Ok(PageMessage::State { state }) = answer {
                self.state.set(*state);
            }
        });
    }

    /// The name of the workspace in use.
    pub fn workspace_label(self) -> String {
        self.state.with(|state| workspace_label(&state.workspace_id, &state.workspace.name))
    }

    /// The name of a network for people.
    pub fn network_name(self, network: &str) -> String {
        let name =
            |state: &PageState| state.sites.iter().find(|site| site.network == network).map(|site| site.name.clone());
        self.state.with_untracked(name).unwrap_or_else(|| network.to_owned())
    }

    /// The networks that an account can be on, id and name; the practice network only for the sample brand.
    pub fn networks(self) -> Vec<(String, String)> {
        self.state.with_untracked(|state| {
            let mut all: Vec<(String, String)> = Vec::new();
            for site in &state.sites {
                let hidden = site.network == PRACTICE && !state.workspace.sample;
                if !hidden && all.iter().all(|(network, _)| *network != site.network) {
                    all.push((site.network.clone(), site.name.clone()));
                }
            }
            all
        })
    }

    /// Says something to screen readers, politely.
    pub fn announce(self, text: String) {
        self.live.set(text);
    }

    /// Shows a failure that did not come from the background.
    pub fn fail(self, text: String) {
        self.failure.set(Some(Failure { code: "page".to_owned(), text }));
    }
}

/// The network of the practice page.
const PRACTICE: &str = "practice";

/// The name of a workspace; one without a name is the person's own, or the sample.
pub fn workspace_label(id: &str, name: &str) -> String {
    match (name, id) {
        ("", "sample") => t("options_workspace_sample"),
        ("", _) => t("options_workspace_own"),
        (name, _) => name.to_owned(),
    }
}

/// A fresh id for something that is made here.
pub fn random_id() -> String {
    random_uuid()
}

/// What the page speaks before the background has answered.
fn browser_language() -> Lang {
    Lang::from_tag(&NAVIGATOR_LANGUAGE.with(Clone::clone).unwrap_or_default())
}

/// Language, direction and theme of the document.
pub fn apply_look(lang: Lang, theme: &str) {
    words::speak(lang);
    if let Some(root) = document().document_element().and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        root.set_lang(lang.tag());
        root.set_dir("ltr");
        // A failure here leaves the theme of the system.
        let _ = root.dataset().set("theme", theme);
    }
}

fn mount(name: &'static str, title: &'static str, content: fn(Page) -> AnyView) {
    mount_to_body(move || {
        #[cfg(any(feature = "mentions", feature = "members", feature = "library"))]
        let log_changes = RwSignal::new(0);
        let state_changes = RwSignal::new(0);
        let pressed = RwSignal::new(None);
        let client = Client::new("page");
        client.listen(move |push| match push {
            #[cfg(any(feature = "mentions", feature = "members", feature = "library"))]
            PageMessage::LogChanged {} => log_changes.update(|count| *count += 1),
            PageMessage::StateChanged {} => state_changes.update(|count| *count += 1),
            PageMessage::Pressed { command } => pressed.set(Some(command)),
            _ => {}
        });
        let page = Page {
            client: StoredValue::new_local(client),
            state: RwSignal::default(),
            #[cfg(any(feature = "mentions", feature = "members", feature = "library"))]
            log_changes,
            state_changes,
            pressed,
            live: RwSignal::default(),
            failure: RwSignal::new(None),
            opened: RwSignal::new(false),
            name,
        };
        Effect::new(move |_| {
            state_changes.track();
            page.refresh();
        });
        let lang = Memo::new(move |_| page.state.with(|state| state.lang));
        // What is built stays: a change of the state changes words in place, and no step or half-filled form is lost.
        let opened = Memo::new(move |_| page.opened.get());
        let body = move || {
            if !opened.get() {
                let failed = page.failure.with(Option::is_some);
                return view! {
                    <main class:waiting=!failed aria-busy=(!failed).to_string()>
                        <h1 class="hidden-visually">"Rejoinder"</h1>
                    </main>
                }
                .into_any();
            }
            words::speak(lang.get());
            document().set_title(&t(title));
            refocus_after_rebuild();
            content(page)
        };
        view! {
            {move || failure_bar(page)}
            {body}
            <div class="hidden-visually" role="status" aria-live="polite">{move || page.live.get()}</div>
        }
    });
}

fn failure_bar(page: Page) -> Option<AnyView> {
    let failure = page.failure.get()?;
    let again = move |_| {
        page.failure.set(None);
        page.refresh();
    };
    let bar = view! {
        <div class="notice bad failure" role="alert">
            <span>{failure.text}</span>
            <span class="row">
                <button class="button small" on:click=again>{t("page_try_again")}</button>
                <button class="button small quiet" on:click=move |_| page.failure.set(None)>{t("page_dismiss")}</button>
            </span>
        </div>
    };
    Some(bar.into_any())
}

/// A new language builds the page again; the control that had focus gets it back by its id.
fn refocus_after_rebuild() {
    let id = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
    if let Some(id) = id {
        request_animation_frame(move || focus(&id));
    }
}

/// Moves focus to the element with this id, if it is there.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take focus leaves it where it is.
        let _ = element.focus();
    }
}

/// A panic leaves the page dead: say so instead of leaving it silently frozen.
fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        if let Some(body) = document().body() {
            let words = document().create_element("p").ok();
            if let Some(words) = words {
                words.set_class_name("start-failed notice bad");
                words.set_text_content(Some(&t("error_page_stopped")));
                let _ = body.prepend_with_node_1(&words);
            }
        }
    }));
}
