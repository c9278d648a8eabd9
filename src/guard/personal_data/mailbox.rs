//! E-mail addresses of people; those of departments are made to be public.

use std::ops::Range;

/// Names that stand for a department.
const PUBLIC: &[&str] = &[
    "admin",
    "atencion",
    "atencionalcliente",
    "ayuda",
    "care",
    "clientes",
    "complaints",
    "contact",
    "contacto",
    "customercare",
    "customerservice",
    "customers",
    "feedback",
    "hello",
    "help",
    "hi",
    "hola",
    "info",
    "jobs",
    "legal",
    "mail",
    "marketing",
    "noreply",
    "no-reply",
    "office",
    "orders",
    "pedidos",
    "prensa",
    "press",
    "privacidad",
    "privacy",
    "reclamaciones",
    "returns",
    "sales",
    "service",
    "shop",
    "soporte",
    "store",
    "support",
    "team",
    "tienda",
    "ventas",
];

/// Addresses of people in `text`.
pub fn find(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('@').filter_map(|(at, _)| address(text, at))
}

fn address(text: &str, at: usize) -> Option<Range<usize>> {
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    // `@nadia@kaffee.example` is a handle.
    if text[..at].trim_end_matches(local).ends_with('@') {
        return None;
    }
    let domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let start = text[..at].char_indices().rev().take_while(|(_, c)| local(*c)).last().map(|(start, _)| start)?;
    let after = &text[at + 1..];
    let rest = after.find(|c| !domain(c)).map_or(after, |end| &after[..end]).trim_end_matches(['.', '-']);
    let (name, ending) = rest.rsplit_once('.')?;
    if name.is_empty() || ending.len() < 2 || !ending.chars().all(char::is_alphabetic) {
        return None;
    }
    let mailbox = text[start..at].split('+').next().unwrap_or_default().to_lowercase();
    let is_public = PUBLIC.contains(&mailbox.replace(['.', '_'], "").as_str());
    (!is_public).then_some(start..at + 1 + rest.len())
}
