// Generated from src/protocol.rs; do not edit. UPDATE=1 cargo test agent_types

export type Utf16Offset = number;
export type Utf16Span = { 
/**
 * First code unit of the stretch.
 */
start: Utf16Offset, 
/**
 * One past the last code unit.
 */
end: Utf16Offset, };
export type Msg = { 
/**
 * Key in the catalogue.
 */
key: string, 
/**
 * Values for the key's placeholders; plain text, shown as text.
 */
args?: { [key in string]: string }, };
export type Lang = "en" | "es";
export type MentionKey = string;
export type EventId = string;
export type Status = "new" | "open" | "pending" | "waiting" | "moved_to_dm" | "resolved" | "no_action";
export type PostKind = "post" | "comment";
export type RawPost = { 
/**
 * The agent's own number for the container, unique in the document.
 */
local: number, 
/**
 * Index into the definition's `posts`.
 */
rule: number, 
/**
 * Raw strings by field name; absent = no reader answered.
 */
fields: { [key in string]: string }, };
export type Evidence = "live" | "capture" | "guess";
export type Definition = { 
/**
 * Format version, [`SCHEMA`].
 */
schema: number, 
/**
 * Version of this definition; a higher one replaces a lower one.
 */
version: number, 
/**
 * Oldest Rejoinder that can run it.
 */
min_app: string, 
/**
 * Stable id, `[a-z0-9-]+`.
 */
id: string, 
/**
 * Name for people.
 */
name: string, 
/**
 * Network id in mention keys ("x", "nodebb").
 */
network: string, 
/**
 * What the definition rests on.
 */
evidence: Evidence, 
/**
 * Host patterns: `x.com`, `*.x.com`, or `*` for an engine found by [`Definition::detect`].
 */
hosts: Array<string>, 
/**
 * CSS selectors of which one must match in the document; empty = the host is enough.
 */
detect: Array<string>, 
/**
 * Selectors of elements whose open shadow roots are searched too; empty = light DOM only.
 */
roots: Array<string>, 
/**
 * Work in subframes from the start, not only once an editable gets focus.
 */
frames: boolean, 
/**
 * Fields of the page as a whole; known names: `acting_handle`, `acting_name`, `logged_out`, on a person's own page
 * `profile_handle`, `profile_followers`, and `linked_data` (the text of a JSON-LD script).
 */
page: { [key in string]: Array<Reader> }, 
/**
 * Post containers, most specific first. An element belongs to the first rule that selects it.
 */
posts: Array<PostRule>, 
/**
 * Reply boxes. Every `closest` of theirs leaves open shadow roots upwards.
 */
composers: Array<ComposerRule>, 
/**
 * How ids and links of this network are made canonical.
 */
canonical: Canonical, };
export type PostRule = { 
/**
 * CSS selector of the container.
 */
select: string, 
/**
 * `post` or `comment`.
 */
kind: PostKind, 
/**
 * A container whose parent has a `closest` for this selector is a quote or a part of another, and is skipped.
 */
inside_not?: string | null, 
/**
 * The network gives these neither id nor link: one that shows none is known by a derived id, see
 * [`super::read::derived_id`].
 */
derived?: boolean, 
/**
 * Readers per field, tried in order; the first non-empty answer wins. Known names: `native_id thread permalink handle
 * name verified followers text published likes reposts replies views parent promoted truncated`. A `post` that has a
 * `parent` other than itself is a comment. Where `thread` is read, ids count within it: the post's id is
 * `<thread>/<native_id>`, and a `parent` that is such an id is of the same thread.
 */
fields: { [key in string]: Array<Reader> }, 
/**
 * Stands for [`Canonical::permalink`] in posts of this kind; empty = the post's own link, without one the page's.
 */
permalink?: string | null, 
/**
 * Where the row is drawn.
 */
row: Place, 
/**
 * The network's own control that opens its reply box for this post; Reply points there.
 */
reply?: string | null, };
export type Reader = { 
/**
 * Start from the document instead of the node.
 */
document?: boolean, 
/**
 * Start from the page's address (its text is the URL); `css`, `attr` and the like are then ignored.
 */
location?: boolean, 
/**
 * Nearest ancestor-or-self to go to first.
 */
closest?: string | null, 
/**
 * Nearest ancestor to go to first, the node itself left out: a container of the same kind around this one.
 */
above?: string | null, 
/**
 * Selector inside; absent = the element itself.
 */
css?: string | null, 
/**
 * Drop candidates that lie in an element matching this (below the start), such as a quoted post.
 */
not_in?: string | null, 
/**
 * Attribute to take.
 */
attr?: string | null, 
/**
 * DOM property to take (agent); natively the attribute of that name.
 */
prop?: string | null, 
/**
 * Answer "1" when an element matches.
 */
present?: boolean, 
/**
 * Text only: parts to leave out (hidden twins, buttons).
 */
skip?: string | null, 
/**
 * Text only: keep line breaks that stand in text nodes (white-space: pre-wrap).
 */
pre?: boolean, 
/**
 * Text only: block elements break no line (the network lays them out in the line).
 */
inline?: boolean, 
/**
 * Text only: elements matching this break lines as blocks do, whatever their tag, even with `inline`.
 */
block?: string | null, 
/**
 * Pattern applied to the answer.
 */
re?: string | null, };
export type Place = { 
/**
 * Selector inside the post (or `closest` of a composer).
 */
css: string, 
/**
 * `after`, `before`, `append` or `prepend`.
 */
put: Put, };
export type Put = "after" | "before" | "append" | "prepend";
export type ComposerRule = { 
/**
 * CSS selector of the editable element itself.
 */
select: string, 
/**
 * What it writes.
 */
kind: ComposerKind, 
/**
 * `closest` selector of what must be around it, for editables whose own shadow root says too little.
 */
inside?: string | null, 
/**
 * `closest` selector of the region that holds editor and send control.
 */
region: string, 
/**
 * Readers from the editable: `target_id`, `target_permalink`, `target_handle`, `target_name`, `target_text`,
 * `acting_handle`, `acting_name`, `prefix` (text the network puts in by itself).
 */
fields: { [key in string]: Array<Reader> }, 
/**
 * The post it answers, where the page holds one.
 */
target?: Reach | null, 
/**
 * Send controls inside the region.
 */
send: Array<string>, 
/**
 * Keys that send, as the network binds them: `enter`, `ctrl_enter`.
 */
send_keys: Array<string>, 
/**
 * Longest text the network takes, in its own units.
 */
limit?: number | null, 
/**
 * The units of [`Self::limit`]: `x` (weighted), `utf16`, `graphemes`; absent = Unicode code points.
 */
count?: string | null, 
/**
 * The network shows the length left itself.
 */
shows_limit: boolean, 
/**
 * A private message box: served only after opt-in.
 */
private: boolean, 
/**
 * Where the strip goes: `css` is a `closest` selector from the editable.
 */
strip: Place, };
export type Reach = { 
/**
 * First choice: the post whose own `reply` control the person used last on this page, if it is still there. For
 * boxes that open far from their post. Natively there is no such control, so the rest decides.
 */
clicked?: boolean, 
/**
 * Nearest ancestor of the editable to go to; absent = the document when there is `css`.
 */
closest?: string | null, 
/**
 * First match inside that; absent = the ancestor is the post.
 */
css?: string | null, };
export type ComposerKind = "reply" | "post" | "message";
export type Canonical = { 
/**
 * Host that stands for every host of the definition (mobile, language and former ones).
 */
host?: string | null, 
/**
 * Canonical permalink with `{origin} {path} {handle} {thread} {id}` and, of an id that is a list, `{id.1} {id.2}`;
 * absent = the link without fragment and query.
 */
permalink?: string | null, 
/**
 * Pattern on the link's path whose first group is the part that counts (drops titles and language prefixes).
 */
path?: string | null, 
/**
 * Pairs of a pattern and what stands for its first match in the path, after [`Self::path`]; `$1` is the first group.
 * For posts that are reached by several paths. What comes out must not change when it is replaced again.
 */
replace?: Array<[string, string]>, 
/**
 * Query parameters that belong to a link; `*` = all but those that are known to track people.
 */
keep_query?: Array<string>, 
/**
 * Pattern of fragments that belong to a link; every other one goes.
 */
keep_fragment?: string | null, 
/**
 * Native ids are unique per host: the mention key takes the permalink's host + id.
 */
id_per_host: boolean, 
/**
 * How the native id carries a time: `x_snowflake`, `linkedin`, `bluesky_tid`, `seconds_32`.
 */
id_time?: string | null, 
/**
 * A count whose words hold no digit ("Like") is zero, not unknown.
 */
bare_is_zero: boolean, };
export type AgentRequest = { "type": "hello", url: string, document: string, top: boolean, language: string | null, } | { "type": "running", definition: string, url: string, page: { [key in string]: string }, } | { "type": "posts", url: string, posts: Array<RawPost>, } | { "type": "save", url: string, post: RawPost, via: string, selection: string | null, } | { "type": "elsewhere", url: string, post: RawPost, } | { "type": "undo", event: EventId, } | { "type": "compose", url: string, composer: RawComposer, turn: boolean, } | { "type": "check", composer: number, rev: number, text: string, } | { "type": "open", composer: number | null, what: OverlayAsk, } | { "type": "key", key: string, } | { "type": "query", text: string, } | { "type": "hidden", } | { "type": "inserted", composer: number, template: string | null, outcome: string, } | { "type": "sent", composer: number, text: string, confirmed: boolean, passed: Passed | null, } | { "type": "health", report: Health, };
export type Passed = { 
/**
 * The gate could not look at it in time, and let it go.
 */
unchecked: boolean, 
/**
 * Ids of the checks that held it and were overridden.
 */
overridden: Array<string>, };
export type RawComposer = { 
/**
 * The agent's number for the editable, unique in the document.
 */
local: number, 
/**
 * Index into the definition's `composers`.
 */
rule: number, 
/**
 * Raw strings by field name.
 */
fields: { [key in string]: string }, 
/**
 * The post it answers, when the agent found its container.
 */
target: RawPost | null, 
/**
 * Its text now.
 */
text: string, 
/**
 * The template that was put in since the last send.
 */
template?: string | null, };
export type TypedWords = { text: string, span: Utf16Span, };
export type OverlayAsk = { "type": "picker", words: TypedWords | null, } | { "type": "expand", words: TypedWords, } | { "type": "finding", id: number, } | { "type": "worst", } | { "type": "step", from: Utf16Offset, back: boolean, } | { "type": "gate", text: string, } | { "type": "post", post: RawPost, url: string, } | { "type": "details", key: MentionKey, };
export type Health = { 
/**
 * Post containers seen.
 */
seen: number, 
/**
 * Of those, how often each field was empty.
 */
empty: { [key in string]: number }, 
/**
 * Composers found.
 */
composers: number, 
/**
 * Faults by `feature:code:place`, with their count.
 */
faults: { [key in string]: number }, 
/**
 * Features that switched themselves off on this page.
 */
off: Array<string>, };
export type AgentAnswer = { "type": "welcome", definitions: Array<Definition>, words: { [key in string]: string }, session: string, features: Features, keys: { [key in string]: string }, } | { "type": "views", posts: Array<PostView>, } | { "type": "saved", post: PostView, event: EventId, } | { "type": "strip", strip: StripView, overlay: string | null, } | { "type": "checked", composer: number, rev: number, 
/**
 * In the order of the text.
 */
findings: Array<FindingView>, 
/**
 * What the strip says of them; empty = nothing.
 */
to_check: string, 
/**
 * What the strip says of the length; empty = nothing.
 */
left: string, 
/**
 * It is too long.
 */
over: boolean, 
/**
 * Why the send gate holds this text, for when its card cannot be shown; empty = it may go.
 */
held: string, 
/**
 * Triggers that begin as a word behind a `;` in the text does: Tab after a whole one puts its template in.
 */
triggers: Array<string>, 
/**
 * Case line ("Ana · open", "With Ben to look at"), empty without a case.
 */
case: string, } | { "type": "overlay", step: OverlayStep, overlay: string | null, } | { "type": "done", };
export type OverlayStep = { "type": "show", at: string, local: number, takes_focus: boolean, 
/**
 * Width and height in CSS pixels, until the frame has measured its content.
 */
size: [number, number], 
/**
 * Keys that it takes from the composer: names of the DOM, `Alt+` in front with that modifier; `*` = every character.
 */
keys: Array<string>, } | { "type": "hide", } | { "type": "again", } | { "type": "insert", composer: number, text: string, cursor: Utf16Offset | null, replace: Utf16Span | null, template: string | null, } | { "type": "select", composer: number, span: Utf16Span, } | { "type": "release", composer: number, text: string, overridden: Array<string>, } | { "type": "copy", text: string, } | { "type": "stay", };
export type Features = { marks: boolean, voice: boolean, picker: boolean, gate: boolean, 
/**
 * Boxes for private messages are served too: off until this person asks for it, network by network.
 */
private: boolean, 
/**
 * `off`, `quiet`, `full`.
 */
density: string, 
/**
 * What is looked for on the page, with spaces between; empty = everything.
 */
only: string, };
export type PostView = { 
/**
 * The agent's number for the container.
 */
local: number, 
/**
 * Identity; `None` when the post has neither id nor permalink and cannot be saved.
 */
key: MentionKey | null, 
/**
 * In the log.
 */
saved: boolean, 
/**
 * At most two marks, in order.
 */
marks: Array<MarkView>, 
/**
 * Something else is looked for: it steps back.
 */
dim: boolean, 
/**
 * Going on from post to post stops here.
 */
stop: boolean, 
/**
 * The row's name for a screen reader, a full sentence.
 */
label: string, };
export type MarkView = { 
/**
 * `mention`, `state`, `person`, `severity`: decides icon and colour.
 */
kind: string, 
/**
 * The word or words.
 */
text: string, };
export type StripView = { 
/**
 * `brand`, `personal`, `unknown`.
 */
account_kind: string, 
/**
 * "@acme · brand".
 */
account: string, 
/**
 * "ES · usted ▾": language and form of address of the reply.
 */
language: string, 
/**
 * Why those.
 */
language_why: string, };
export type FindingView = { 
/**
 * Number within this revision's findings.
 */
id: number, 
/**
 * Rule id.
 */
rule: string, 
/**
 * Where.
 */
span: Utf16Span, 
/**
 * `suggestion`, `warning`, `error`.
 */
severity: string, 
/**
 * One sentence.
 */
text: string, 
/**
 * The words it is about.
 */
matched: string, 
/**
 * Replacements, best first; an empty string removes the words.
 */
fixes: Array<string>, };
export type AgentPush = { "type": "command", name: string, } | { "type": "save_selection", text: string, } | { "type": "views", posts: Array<PostView>, } | { "type": "features", features: Features, } | { "type": "recheck", } | { "type": "overlay", step: OverlayStep, } | { "type": "overlay_size", width: number, height: number, } | { "type": "stand_down", reason: string, };
export type Shape = { 
/**
 * The tool's number for it, the same for as long as the tool lives.
 */
node: number, 
/**
 * Tag in lower case.
 */
tag: string, 
/**
 * Its `id`; empty = none.
 */
id: string, 
/**
 * Its classes.
 */
classes: Array<string>, 
/**
 * The other attributes, values cut; no styles and no handlers.
 */
attrs: { [key in string]: string }, 
/**
 * Its place among the siblings of its tag, from 1.
 */
nth: number, 
/**
 * A person can write into it.
 */
editable: boolean, };
export type Found = { 
/**
 * It selects the element.
 */
hit: boolean, 
/**
 * … and nothing before it, in the document or in the element's own container.
 */
first: boolean, 
/**
 * Elements selected in all.
 */
total: number, 
/**
 * Of those, how many look like the element: same tag, a class in common where it has any.
 */
alike: number, 
/**
 * Of those, how many lie in another one.
 */
nested: number, 
/**
 * Containers (`within`) in the document; 0 without one.
 */
of: number, 
/**
 * Containers in which it selects something.
 */
posts: number, 
/**
 * Most in one container.
 */
most: number, 
/**
 * The first few selected.
 */
sample: Array<Shape>, };
export type PointAsk = { "type": "words", words: { [key in string]: string }, lang: string, } | { "type": "step", title: string, help: string, number: string, optional: boolean, within: string | null, aim: number | null, } | { "type": "try", turn: number, node: number, within: string | null, selectors: Array<string>, } | { "type": "show", turn: number, node: number, within: string | null, selector: string | null, line: string, why: string, } | { "type": "read", definition: Definition, } | { "type": "end", };
export type PointSaid = { 
/**
 * `ready`: the tool is there. `aim`: the person aims at an element. `tried`: the answer to [`PointAsk::Try`]. `pick`: the
 * person takes what is shown. `another`: the same element by another selector. `skip`, `back`, `cancel`. `page`: the
 * answer to [`PointAsk::Read`].
 */
kind: 'ready' | 'aim' | 'tried' | 'pick' | 'another' | 'skip' | 'back' | 'cancel' | 'page', 
/**
 * Which aim it is about.
 */
turn?: number, 
/**
 * Aim: the element and its ancestors, innermost first.
 */
chain?: Array<Shape>, 
/**
 * Aim: ways down to the first link, time and box in it, innermost first, without the element itself.
 */
link?: Array<Shape>, time?: Array<Shape>, edit?: Array<Shape>, 
/**
 * Aim: the first links in the element.
 */
links?: Array<Shape>, 
/**
 * Aim: the ancestor's place in the chain that `within` selects.
 */
inside?: number | null, 
/**
 * Tried: one for each selector.
 */
tries?: Array<Found>, 
/**
 * Page: its address.
 */
url?: string, 
/**
 * Page: its posts as the agent sends them; the page hands them on unread.
 */
posts?: Array<RawPost>, 
/**
 * Page: reply boxes.
 */
boxes?: number, 
/**
 * Page: those of them with a control that sends.
 */
sends?: number, };
export type Failure = { 
/**
 * Stable code: `build_mismatch`, `unknown_request`, `not_allowed`, `storage`, `not_found`, `invalid`, `restarted`.
 */
code: string, 
/**
 * What happened and what to do, in the person's language.
 */
text: string, };
export type Request<T> = { 
/**
 * [`PROTOCOL`] of the sender.
 */
protocol: number, 
/**
 * Build id of the sender.
 */
build: string, 
/**
 * Number on this port, answered once.
 */
id: number, 
/**
 * Key of the change, made by the asker, so that a retry after a lost answer changes nothing twice.
 */
once?: string | null, 
/**
 * What is asked.
 */
body: T, };
export type Reply<A, P> = { "kind": "answer", id: number, body: A, } | { "kind": "failed", id: number, error: Failure, } | { "kind": "push", body: P, };
