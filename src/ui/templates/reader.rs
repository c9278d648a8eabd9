//! For whom a template is tried: an invented author, or one whose post is in the log.

use crate::log::Mention;
use crate::message::Lang;
use crate::ordered::ordered;
use crate::template::{Brand, CASE, Context, LINKS, Me, Page, Person, PostFacts, case_values};
use crate::workspace::{AccountKind, Workspace};

/// Values to try a template with. `mention`: a real one; without it, an invented post in the template's `language`, of
/// which the log knows nothing. `me`: the name replies are signed with; `offset`: minutes that local time is ahead of UTC.
pub fn reader(
    mention: Option<&Mention>,
    language: &str,
    workspace: &Workspace,
    me: Option<String>,
    offset: i32,
) -> Context {
    let post = mention.and_then(Mention::post);
    let some = |text: &str| Some(text.to_owned());
    let mut context = match post {
        Some(post) => Context::answering(post),
        None => {
            let (name, said) = match Lang::from_tag(language) {
                Lang::Es => ("Lucía Fernández", "¿Dónde está mi pedido?"),
                Lang::En => ("Maya Patel", "Where is my order?"),
            };
            Context {
                author: Person { name: some(name), first_name: None, handle: some("maya_p") },
                post: PostFacts {
                    text: some(said),
                    url: some("https://example.org/1"),
                    network: some("x"),
                    ..PostFacts::default()
                },
                ..Context::default()
            }
        }
    };
    let network = context.post.network.clone().unwrap_or_default();
    let account = workspace.accounts.iter().find(|a| a.network == network && a.kind == AccountKind::Brand);
    let handle = account.map(|account| account.handle.clone());
    context.me = Me { name: me, first_name: None, handle: handle.clone() };
    context.brand = Brand { name: Some(workspace.brand.clone()), handle, url: None };
    context.page = Page { url: context.post.url.clone(), title: None };
    context.post.language = some(language);
    context.offset = offset;
    if let Some(mention) = mention {
        let case = case_values(mention, mention.assignee.clone(), Lang::from_tag(language), offset);
        context.more.insert(CASE.to_owned(), case);
    }
    context.more.insert(LINKS.to_owned(), ordered(workspace.links.iter().cloned()));
    context
}

/// The same, as if the page did not tell a name.
pub fn nameless(mut context: Context) -> Context {
    context.author.name = None;
    context.author.first_name = None;
    context
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::body::{Due, Routed};
    use crate::log::key::IdScope;
    use crate::log::{Actor, CaseId, Draft, Event, Fold, Hlc};
    use crate::site::post::Post;
    use crate::template::render;

    fn mention() -> Mention {
        let mut post = Post { network: "x".to_owned(), id: Some("11".to_owned()), ..Post::default() };
        post.author.name = Some("Marta Gil".to_owned());
        let saved = Draft::save(&post, IdScope::Network, "row", None).unwrap();
        let key = saved.m.clone().unwrap();
        let case = Some(CaseId::of(&post, &key, IdScope::Network));
        let routed = Draft::about(&key, Routed { case: case.clone(), department: Some("Logistics".to_owned()) });
        let due = Draft::about(&key, Due { case, at: Some(1_795_392_000_000) });
        let mut fold = Fold::default();
        let actor = Actor { by: "ana".to_owned(), dev: "one".to_owned() };
        for (draft, at) in [saved, routed, due].into_iter().zip(0..) {
            fold.apply(&Event::new(draft, &actor, Hlc::new(1_795_000_000_000, at), None));
        }
        fold.take_changes();
        fold.mention(&key).unwrap().clone()
    }

    #[test]
    fn a_real_author_an_invented_one_and_none() {
        let links = vec![("shop".to_owned(), "https://alba.example".to_owned())];
        let workspace = Workspace { brand: "Alba".to_owned(), links, ..Workspace::default() };
        let body = "{{ author.first_name | default('there') }} {{ brand.name }} {{ me.name | default('-') }}";
        let read = |context: &Context| render(body, context).unwrap().text;
        let invented = reader(None, "es", &workspace, None, 0);
        assert_eq!(read(&invented), "Lucía Alba -");
        assert_eq!(read(&nameless(invented)), "there Alba -");
        let real = reader(Some(&mention()), "en", &workspace, Some("Ana".to_owned()), 60);
        assert_eq!(read(&real), "Marta Alba Ana");
        let body = "{{ case.department }}, {{ case.due }}, {{ case.last_reply | default('-') }}, {{ links.shop }}";
        assert_eq!(render(body, &real).unwrap().text, "Logistics, 23 November 2026, -, https://alba.example");
    }
}
