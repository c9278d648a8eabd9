//! For whom a template is tried: an invented author, or one whose post is in the log.

use crate::message::Lang;
use crate::site::post::Post;
use crate::template::{Brand, Context, Me, Page, Person, PostFacts};
use crate::workspace::{AccountKind, Workspace};

/// Values to try a template with. `post`: a real one; without it, an invented one in the template's `language`. `me`: the
/// name replies are signed with.
pub fn reader(post: Option<&Post>, language: &str, workspace: &Workspace, me: Option<String>) -> Context {
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
    use crate::template::render;

    #[test]
    fn a_real_author_an_invented_one_and_none() {
        let workspace = Workspace { brand: "Alba".to_owned(), ..Workspace::default() };
        let body = "{{ author.first_name | default('there') }} {{ brand.name }} {{ me.name | default('-') }}";
        let read = |context: &Context| render(body, context).unwrap().text;
        let invented = reader(None, "es", &workspace, None);
        assert_eq!(read(&invented), "Lucía Alba -");
        assert_eq!(read(&nameless(invented)), "there Alba -");
        let mut post = Post::default();
        post.author.name = Some("Marta Gil".to_owned());
        assert_eq!(read(&reader(Some(&post), "en", &workspace, Some("Ana".to_owned()))), "Marta Alba Ana");
    }
}
