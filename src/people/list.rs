//! Lists of people as tables: import with every line accounted for, and export.
//!
//! Columns are named, in English or Spanish, in any order: handle, network, role, notes. A line that cannot be taken is
//! named with its reason; a role that no rule knows is taken as it is, and told.

use super::identity::Identity;
use crate::message::Msg;
use crate::template::exchange::table;
use crate::text::fold;
use crate::workspace::Listed;

const HANDLE: &[&str] = &["handle", "user", "username", "account", "usuario", "usuaria", "cuenta", "nombre de usuario"];
const NETWORK: &[&str] = &["network", "platform", "site", "red", "red social", "plataforma"];
const ROLE: &[&str] = &["role", "list", "label", "type", "rol", "papel", "lista", "etiqueta", "tipo"];
const NOTES: &[&str] = &["notes", "note", "comment", "comments", "notas", "nota", "comentario", "comentarios"];

/// Roles that rules know, with what people call them, in lower case without accents.
const ROLES: [(&str, &[&str]); 10] = [
    ("vip", &["vip"]),
    ("press", &["press", "journalist", "media", "prensa", "periodista", "medios"]),
    ("advocate", &["advocate", "ambassador", "fan", "defensor", "defensora", "embajador", "embajadora"]),
    ("critic", &["critic", "critico", "critica"]),
    ("staff", &["staff", "employee", "colleague", "personal", "empleado", "empleada", "plantilla"]),
    ("internal_leader", &["internal leader", "lider interno", "lider interna"]),
    ("leader", &["leader", "influencer", "lider", "referente"]),
    ("partner", &["partner", "socio", "socia", "colaborador", "colaboradora"]),
    ("competitor", &["competitor", "competition", "competencia", "competidor", "competidora"]),
    ("customer", &["customer", "client", "cliente", "clienta"]),
];

/// Something to know about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its number, from 1; 0 = the whole file.
    pub line: u32,
    /// What.
    pub msg: Msg,
}

/// What a table held.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// People, in the order of the table.
    pub people: Vec<Listed>,
    /// Lines that were not taken, and why.
    pub refused: Vec<Note>,
    /// Lines that were taken, and what is odd about them.
    pub notes: Vec<Note>,
}

/// Reads a table. Each line is among the people, refused, or said to repeat one.
pub fn import(text: &str) -> Imported {
    let mut all = Imported::default();
    let table = match table::read(text.trim_start_matches('\u{feff}')) {
        Ok(table) => table,
        Err(error) => {
            all.refused.push(Note { line: error.line, msg: error.msg });
            return all;
        }
    };
    let find = |names: &[&str]| names.iter().find_map(|name| table.column(name));
    let [handle, network, role, notes] = [HANDLE, NETWORK, ROLE, NOTES].map(find);
    if handle.is_none() {
        all.refused.push(Note { line: 1, msg: Msg::new("people_list_no_handles") });
        return all;
    }
    let known = [handle, network, role, notes];
    for (at, name) in table.written.iter().enumerate().filter(|(at, _)| !known.contains(&Some(*at))) {
        if table.rows.iter().any(|row| row.word(Some(at)).is_some()) {
            all.notes.push(Note { line: 1, msg: Msg::new("people_list_column").with("name", name.trim()) });
        }
    }
    for row in &table.rows {
        let line = row.line;
        let word = |column| row.word(column).map(table::unguarded).unwrap_or_default();
        let Identity { network, handle } = Identity::new(word(network), word(handle));
        if handle.is_empty() {
            all.refused.push(Note { line, msg: Msg::new("people_list_no_handle") });
            continue;
        }
        if handle.contains("://") {
            let msg = Msg::new("people_list_address").with("written", handle);
            all.refused.push(Note { line, msg });
            continue;
        }
        let (role, is_known) = role_of(word(role));
        let person = Listed { network, handle, role, notes: word(notes).to_owned() };
        if !is_known {
            let msg = Msg::new("people_list_role").with("role", &person.role);
            all.notes.push(Note { line, msg });
        }
        if all.people.contains(&person) {
            all.notes.push(Note { line, msg: Msg::new("people_list_again").with("handle", &person.handle) });
        } else {
            all.people.push(person);
        }
    }
    all
}

/// A role as rules know it, and whether one does; no role at all is fine.
fn role_of(written: &str) -> (String, bool) {
    let plain = fold::words(written);
    match ROLES.iter().find(|(_, names)| names.contains(&plain.as_str())) {
        Some((role, _)) => ((*role).to_owned(), true),
        None => (written.to_lowercase(), written.is_empty()),
    }
}

/// The people as a table that [`import`] reads back.
pub fn export(people: &[Listed]) -> String {
    let header = ["handle", "network", "role", "notes"].map(str::to_owned).to_vec();
    let row = |one: &Listed| [&one.handle, &one.network, &one.role, &one.notes].map(String::clone).to_vec();
    table::write(std::iter::once(header).chain(people.iter().map(row)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn people(imported: &Imported) -> Vec<[String; 4]> {
        let row = |one: &'_ Listed| [&one.handle, &one.network, &one.role, &one.notes].map(String::clone);
        imported.people.iter().map(row).collect()
    }

    /// Rows of plain words.
    fn rows<const N: usize>(rows: [[&str; 4]; N]) -> Vec<[String; 4]> {
        rows.map(|row| row.map(str::to_owned)).to_vec()
    }

    fn notes(notes: &[Note]) -> Vec<(u32, &str)> {
        notes.iter().map(|note| (note.line, note.msg.key.trim_start_matches("people_list_"))).collect()
    }

    #[test]
    fn tables_in_two_languages() {
        let en = import("Handle,Network,Role,Notes\n@Ana,X,VIP,\"met, in May\"\nbo,,journalist,\n");
        assert_eq!(people(&en), rows([["ana", "x", "vip", "met, in May"], ["bo", "", "press", ""]]));
        let es = import("Red social;Usuaria;Papel;Notas\nx;@Ana;Periodista;hola\n;Bo;líder interna;\n");
        assert_eq!(people(&es), rows([["ana", "x", "press", "hola"], ["bo", "", "internal_leader", ""]]));
        assert!(es.notes.is_empty() && es.refused.is_empty());
    }

    #[test]
    fn every_line_is_accounted_for() {
        let all = import(
            "handle,role,city\nana,vip,Vigo\n,press,\nhttps://x.com/bo,vip,\nana,VIP,Lugo\n\ncy,wizard,\nana,press,\n",
        );
        assert_eq!(people(&all), rows([["ana", "", "vip", ""], ["cy", "", "wizard", ""], ["ana", "", "press", ""]]));
        assert_eq!(notes(&all.refused), [(3, "no_handle"), (4, "address")]);
        assert_eq!(notes(&all.notes), [(1, "column"), (5, "again"), (7, "role")]);
        assert_eq!(notes(&import("").refused).len(), 1);
        assert_eq!(notes(&import("name,role\nAna,vip\n").refused), [(1, "no_handles")]);
    }

    proptest! {
        #[test]
        fn what_is_exported_comes_back(rows in prop::collection::vec(("[a-z=_][a-z0-9_.]{0,8}", "[a-z]{0,4}", "(vip|press|leader)?", "([ -~é\n]{0,12}[!-~])?"), 0..8)) {
            let mut listed: Vec<Listed> = Vec::new();
            for (handle, network, role, notes) in rows {
                let one = Listed { handle, network, role, notes: notes.trim().to_owned() };
                if !listed.contains(&one) {
                    listed.push(one);
                }
            }
            let back = import(&export(&listed));
            prop_assert_eq!(back.people, listed);
            prop_assert_eq!((back.refused, back.notes), (Vec::new(), Vec::new()));
        }

        #[test]
        fn no_text_is_too_odd(text in "(\\PC{0,8}|handle|red|[,;\"\t\n]){0,12}") {
            import(&text);
        }
    }
}
