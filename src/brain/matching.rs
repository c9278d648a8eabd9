//! Does a post speak of the brand? Watch terms and tags of brand accounts, and the marks that follow.

use crate::site::post::{Post, bare_handle};
use crate::site::read::Acting;
use crate::text::fold;
use crate::workspace::{AccountKind, Workspace};

/// Why a post is the brand's business.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// It tags this account.
    Tag(String),
    /// It holds this term, as the workspace writes it.
    Term(String),
}

/// What to look for, prepared once per workspace.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// Brand terms: as written, and as compared.
    terms: Vec<(String, String)>,
    /// Brand accounts: network and handle, as compared.
    accounts: Vec<(String, String)>,
}

impl Watch {
    /// Reads a workspace.
    pub fn new(workspace: &Workspace) -> Self {
        let brand = workspace.watch.iter().filter(|term| term.list == "brand" || term.list.is_empty());
        let terms = brand
            .map(|term| term.term.trim())
            .chain([workspace.brand.trim()])
            .map(|term| (term.to_owned(), fold::line(term)))
            .filter(|(_, plain)| !plain.is_empty())
            .fold(Vec::new(), |mut terms: Vec<(String, String)>, term| {
                if terms.iter().all(|(_, known)| *known != term.1) {
                    terms.push(term);
                }
                terms
            });
        let accounts = workspace.accounts.iter().filter(|account| account.kind == AccountKind::Brand);
        let accounts = accounts.map(|account| (account.network.clone(), handle(&account.handle))).collect();
        Self { terms, accounts }
    }

    /// True when one of the brand's own accounts wrote the post.
    pub fn is_own(&self, post: &Post) -> bool {
        let author = handle(post.author.handle.as_deref().unwrap_or_default());
        !author.is_empty() && self.accounts_on(&post.network).any(|account| is_account(account, &author))
    }

    /// Why the post is the brand's business; empty when it is not, or is the brand's own.
    pub fn matches(&self, post: &Post) -> Vec<Match> {
        if self.is_own(post) {
            return Vec::new();
        }
        let text = fold::line(&post.text);
        let tags =
            self.accounts_on(&post.network).filter(|account| holds(&text, &format!("@{}", bare_handle(account))));
        let terms = self.terms.iter().filter(|(_, term)| holds(&text, term));
        tags.map(|account| Match::Tag(account.to_owned()))
            .chain(terms.map(|(written, _)| Match::Term(written.clone())))
            .collect()
    }

    fn accounts_on<'a>(&'a self, network: &'a str) -> impl Iterator<Item = &'a str> {
        let here = self.accounts.iter().filter(move |(on, name)| (on == network || on.is_empty()) && !name.is_empty());
        here.map(|(_, name)| name.as_str())
    }
}

/// Whose account a page acts as; `None` = the workspace does not know it. A handle that is shown decides alone; a name
/// does only where an account was said to have it, and never when two kinds of accounts were.
pub fn account_kind(workspace: &Workspace, network: &str, acting: &Acting) -> Option<AccountKind> {
    let here = || workspace.accounts.iter().filter(|account| account.network == network || account.network.is_empty());
    let Some(wanted) = acting.handle.as_deref().map(handle) else {
        let name = acting.name.as_ref()?.trim().to_lowercase();
        let mut kinds = here().filter(|one| !name.is_empty() && one.name.trim().to_lowercase() == name);
        let kind = kinds.next()?.kind;
        return kinds.all(|one| one.kind == kind).then_some(kind);
    };
    // A person is never meant by a company's handle; a brand may be.
    let exact = here().find(|account| handle(&account.handle) == wanted);
    let brand =
        || here().find(|account| account.kind == AccountKind::Brand && is_account(&handle(&account.handle), &wanted));
    exact.or_else(brand).filter(|_| !wanted.is_empty()).map(|account| account.kind)
}

/// Whether an account as somebody wrote it down is the one that a page names. LinkedIn's companies are read with their
/// kind (`company/alba`), which people may leave out.
fn is_account(written: &str, found: &str) -> bool {
    written == found || (!written.contains('/') && bare_handle(found) == written)
}

/// A handle as it is compared.
pub fn handle(written: &str) -> String {
    written.trim().trim_start_matches('@').to_lowercase()
}

/// `text` holds `term` as whole words.
fn holds(text: &str, term: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let open = term.chars().next().is_none_or(|c| !word(c));
    let shut = term.chars().next_back().is_none_or(|c| !word(c));
    text.match_indices(term).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        (open || !before.is_some_and(word)) && (shut || !after.is_some_and(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::post::Author;
    use crate::workspace::{Account, WatchTerm};

    fn watch() -> Watch {
        let account =
            |kind, handle: &str| Account { network: "x".into(), handle: handle.into(), kind, ..Account::default() };
        Watch::new(&Workspace {
            brand: "Café Lumière".into(),
            watch: vec![
                WatchTerm { term: "cold brew".into(), list: "brand".into() },
                WatchTerm { term: "Rival".into(), list: "competitor".into() },
            ],
            accounts: vec![account(AccountKind::Brand, "@CafeLumiere"), account(AccountKind::Personal, "ana")],
            ..Workspace::default()
        })
    }

    #[track_caller]
    fn check(text: &str, expect: &[Match]) {
        let post = Post { network: "x".into(), text: text.into(), ..Post::default() };
        assert_eq!(watch().matches(&post), expect, "{text}");
    }

    #[test]
    fn terms_are_whole_words_without_case_and_accents() {
        let brand = || Match::Term("Café Lumière".into());
        check("the CAFE LUMIERE is shut", &[brand()]);
        check("cafe\u{301}\n lumiere!", &[brand()]);
        check("cafelumiere", &[]);
        check("my cafe lumieres", &[]);
        check("Cold  Brew.", &[Match::Term("cold brew".into())]);
        check("Rival is better, ask @ana", &[]);
        check("hey @cafelumiere, and @CafeLumiere2", &[Match::Tag("cafelumiere".into())]);
        check("mail@cafelumiere_x", &[]);
        check("", &[]);
    }

    #[test]
    fn the_brands_own_posts_are_no_mentions() {
        let author = Author { handle: Some("cafelumiere".into()), ..Author::default() };
        let post = Post { network: "x".into(), text: "Café Lumière opens".into(), author, ..Post::default() };
        assert!(watch().is_own(&post));
        assert!(watch().matches(&post).is_empty());
        assert!(!watch().is_own(&Post { network: "reddit".into(), ..post }));
    }

    #[test]
    fn an_account_is_brand_personal_or_unknown() {
        let account =
            |kind, handle: &str| Account { network: "x".into(), handle: handle.into(), kind, ..Account::default() };
        let accounts = vec![account(AccountKind::Brand, "acme"), account(AccountKind::Personal, "Ana")];
        let workspace = Workspace { accounts, ..Workspace::default() };
        let kind = |network, handle: Option<&str>| {
            account_kind(&workspace, network, &Acting { handle: handle.map(str::to_owned), ..Acting::default() })
        };
        assert_eq!(kind("x", Some("@ACME")), Some(AccountKind::Brand));
        assert_eq!(kind("x", Some("ana")), Some(AccountKind::Personal));
        assert_eq!(kind("reddit", Some("acme")), None);
        assert_eq!(kind("x", Some("")), None);
        assert_eq!(kind("x", None), None);
        assert_eq!(kind("x", Some("company/acme")), Some(AccountKind::Brand));
        assert_eq!(kind("x", Some("company/ana")), None);
    }

    #[test]
    fn an_account_that_is_shown_by_name_is_known_only_where_somebody_said_so() {
        let account = |kind, handle: &str, name: &str| Account {
            network: "facebook".into(),
            handle: handle.into(),
            name: name.into(),
            kind,
        };
        let workspace = Workspace {
            accounts: vec![
                account(AccountKind::Brand, "acme", "Café Acme"),
                account(AccountKind::Brand, "nameless", ""),
                account(AccountKind::Brand, "sam.shop", "Sam"),
                account(AccountKind::Personal, "sam", "sam"),
            ],
            ..Workspace::default()
        };
        let kind = |network, handle: Option<&str>, name: &str| {
            let acting = Acting { handle: handle.map(str::to_owned), name: Some(name.to_owned()), logged_out: false };
            account_kind(&workspace, network, &acting)
        };
        assert_eq!(kind("facebook", None, "CAFÉ ACME "), Some(AccountKind::Brand));
        assert_eq!(kind("facebook", None, "Acme"), None);
        assert_eq!(kind("x", None, "Café Acme"), None);
        assert_eq!(kind("facebook", None, ""), None);
        assert_eq!(kind("facebook", None, "Sam"), None, "two kinds have this name");
        assert_eq!(kind("facebook", Some("somebody"), "Café Acme"), None, "the handle is shown, and is another's");
    }

    #[test]
    fn a_company_is_known_with_and_without_its_kind() {
        let own = |written: &str, author: &str| {
            let account = Account { network: "linkedin".into(), handle: written.into(), ..Account::default() };
            let watch = Watch::new(&Workspace { accounts: vec![account], ..Workspace::default() });
            let author = Author { handle: Some(author.into()), ..Author::default() };
            watch.is_own(&Post { network: "linkedin".into(), author, ..Post::default() })
        };
        assert!(own("Alba", "company/alba") && own("company/alba", "company/alba") && own("alba", "alba"));
        assert!(!own("company/alba", "alba") && !own("alba", "group/alba") && !own("school/alba", "company/alba"));
    }
}
