//! Any CSV with named columns, in English or Spanish, in any order; and ours, which carries nearly everything.

use super::draft::{Draft, tags, trigger};
use super::reader;
use super::{Drafts, Exported, Format, ImportError, Level, Note, html, liquid, table};
use crate::json;
use crate::message::Msg;
use crate::template::{Actions, Address, Kind, Template};

/// A column that we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Title,
    Trigger,
    Folder,
    Tags,
    Language,
    Address,
    Networks,
    Kind,
    Note,
    Attachment,
    Active,
    Fields,
    Actions,
    Body,
}

/// Every column in the order of an export, the first of its names being the one that is written. Names are compared in
/// lower case and without accents.
const COLUMNS: [(Column, &[&str]); 15] = [
    (Column::Id, &["id"]),
    (Column::Title, &["title", "name", "label", "titulo", "nombre", "etiqueta"]),
    (Column::Trigger, &["trigger", "shortcut", "short code", "abbreviation", "atajo", "abreviatura", "codigo"]),
    (Column::Folder, &["folder", "group", "category", "carpeta", "grupo", "categoria"]),
    (Column::Tags, &["tags", "keywords", "labels", "etiquetas", "palabras clave"]),
    (Column::Language, &["language", "lang", "locale", "idioma", "lengua"]),
    (Column::Address, &["address", "tratamiento"]),
    (Column::Networks, &["networks", "network", "redes", "red"]),
    (Column::Kind, &["kind", "type", "tipo"]),
    (Column::Note, &["note", "notes", "description", "nota", "notas", "descripcion"]),
    (Column::Attachment, &["attachment", "adjunto"]),
    (Column::Active, &["active", "enabled", "activo", "activa"]),
    (Column::Fields, &["fields", "campos"]),
    (Column::Actions, &["actions", "acciones"]),
    (
        Column::Body,
        &[
            "body",
            "text",
            "content",
            "message",
            "reply",
            "texto",
            "cuerpo",
            "contenido",
            "mensaje",
            "respuesta",
            "plantilla",
        ],
    ),
];

/// Reads a file; the first row names its columns.
pub(super) fn import(text: &str) -> Result<Drafts, ImportError> {
    let table = table::read(text)?;
    let mut columns: Vec<Option<Column>> = Vec::new();
    for name in &table.columns {
        let known = COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(column, _)| *column);
        // A second column of the same meaning is one that we do not know.
        columns.push(known.filter(|column| !columns.contains(&Some(*column))));
    }
    let at = |wanted: Column| columns.iter().position(|column| *column == Some(wanted));
    let Some(body) = at(Column::Body) else {
        return Err(ImportError { msg: Msg::new("exchange_no_text_column"), line: 1, column: 0 });
    };
    // Columns that only an export of ours has: its bodies are Jinja, and angle brackets in them are text.
    let own = at(Column::Fields).is_some() && at(Column::Actions).is_some();
    let mut read = Drafts::default();
    for row in &table.rows {
        let cell = |column: Column| table::unguarded(row.cell(at(column)));
        let word = |column: Column| Some(cell(column).trim()).filter(|word| !word.is_empty());
        let text = table::unguarded(row.cell(Some(body)));
        let mut draft = Draft::new(Format::Csv, Some(row.line), text);
        let template = &mut draft.template;
        template.title = word(Column::Title).unwrap_or_default().to_owned();
        template.trigger = word(Column::Trigger).and_then(trigger);
        template.folder = word(Column::Folder).unwrap_or_default().replace("::", "/");
        template.tags = tags(cell(Column::Tags).split([',', ';', '|', '\n']).flat_map(|tag| tag.split("~~~")));
        template.language = word(Column::Language).unwrap_or_default().to_owned();
        template.networks = tags(cell(Column::Networks).split([',', ';', '|', ' ']));
        template.note = cell(Column::Note).trim().to_owned();
        template.attachment = cell(Column::Attachment).trim().to_owned();
        template.off = word(Column::Active).is_some_and(|word| {
            matches!(word.to_lowercase().as_str(), "no" | "false" | "0" | "off" | "inactive" | "inactivo" | "inactiva")
        });
        let id = [Column::Id, Column::Trigger, Column::Title].into_iter().find_map(word).unwrap_or_default();
        draft.known_as(id);
        choice(&mut draft, word(Column::Address), |draft, address: Address| draft.template.address = address);
        choice(&mut draft, word(Column::Kind), |draft, kind: Kind| draft.template.kind = kind);
        data(&mut draft, word(Column::Fields), |draft, fields| draft.template.fields = fields);
        data(&mut draft, word(Column::Actions), |draft, actions: Actions| draft.template.actions = actions);
        for (at, cell) in row.cells.iter().enumerate().filter(|(at, _)| columns.get(*at).is_none_or(Option::is_none)) {
            if !cell.trim().is_empty() {
                let name = table.written.get(at).map_or_else(|| (at + 1).to_string(), |name| name.trim().to_owned());
                draft.advise_of(&name, cell);
            }
        }
        if own {
            draft.ready(text.to_owned());
        } else {
            write_body(&mut draft, text);
        }
        read.drafts.push(draft);
    }
    Ok(read)
}

/// One of our own words.
fn choice<T: serde::de::DeserializeOwned>(draft: &mut Draft, word: Option<&str>, set: impl FnOnce(&mut Draft, T)) {
    let Some(word) = word else { return };
    match json::of(&serde_json::Value::String(word.to_lowercase())) {
        Some(value) => set(draft, value),
        None => draft.advise_of("", word),
    }
}

/// A cell of ours that holds JSON.
fn data<T: serde::de::DeserializeOwned>(draft: &mut Draft, word: Option<&str>, set: impl FnOnce(&mut Draft, T)) {
    let Some(word) = word else { return };
    match json::read(word) {
        Some(value) => set(draft, value),
        None => draft.advise_of("", word),
    }
}

/// Our own dialect is taken as it is; of any other, variables between braces are read as Liquid reads them.
fn write_body(draft: &mut Draft, text: &str) {
    let plain =
        if html::is_html(text) { html::plain(text) } else { html::Plain { text: text.to_owned(), lost_form: false } };
    if plain.lost_form {
        draft.note(Level::Changed, Msg::new("exchange_form_lost"));
    }
    if reader::is_ours(&plain.text) {
        draft.ready(plain.text);
    } else {
        liquid::convert(&plain.text, known, draft);
    }
}

/// What people call variables in tables of their own.
fn known(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "first_name" | "firstname" | "nombre" | "customer.first_name" | "contact.first_name" | "author.first_name" => {
            Some("author.first_name")
        }
        "name" | "full_name" | "fullname" | "nombre_completo" | "customer.name" | "contact.name" | "author.name" => {
            Some("author.name")
        }
        "handle" | "username" | "usuario" | "author.handle" => Some("author.handle"),
        "agent" | "agent.name" | "agent_name" | "agente" | "me.name" => Some("agent.name"),
        "agent.first_name" | "me.first_name" => Some("agent.first_name"),
        "brand" | "brand.name" | "company" | "marca" | "empresa" => Some("brand.name"),
        "brand.handle" => Some("brand.handle"),
        "brand.url" => Some("brand.url"),
        "post.text" => Some("post.text"),
        "post.url" => Some("post.url"),
        "post.network" => Some("post.network"),
        "page.url" | "url" => Some("page.url"),
        "page.title" => Some("page.title"),
        "case.number" | "case_number" => Some("case.number"),
        _ => None,
    }
}

/// Writes a library as a table.
pub(super) fn export(templates: &[Template]) -> Exported {
    let header = COLUMNS.iter().map(|(_, names)| names[0].to_owned()).collect();
    let mut notes = Vec::new();
    let rows = templates.iter().map(|template| {
        let left: Vec<&str> = [
            (!template.family.is_empty(), "family"),
            (template.owner.is_some(), "owner"),
            (template.locked, "locked"),
            (template.source.is_some(), "source"),
        ]
        .into_iter()
        .filter_map(|(there, name)| there.then_some(name))
        .collect();
        if !left.is_empty() {
            let msg = Msg::new("exchange_left_out").with("fields", left.join(", "));
            notes.push(Note { template: template.title.clone(), line: None, level: Level::Changed, msg });
        }
        COLUMNS.iter().map(|(column, _)| cell(template, *column)).collect()
    });
    let rows: Vec<Vec<String>> = std::iter::once(header).chain(rows).collect();
    Exported { text: table::write(rows), notes }
}

fn cell(template: &Template, column: Column) -> String {
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    match column {
        Column::Id => template.id.clone(),
        Column::Title => template.title.clone(),
        Column::Trigger => template.trigger.clone().unwrap_or_default(),
        Column::Folder => template.folder.clone(),
        Column::Tags => template.tags.join(", "),
        Column::Language => template.language.clone(),
        Column::Address if template.address == Address::Any => String::new(),
        Column::Address => word(serde_json::to_value(template.address).unwrap_or_default()),
        Column::Networks => template.networks.join(", "),
        Column::Kind => word(serde_json::to_value(template.kind).unwrap_or_default()),
        Column::Note => template.note.clone(),
        Column::Attachment => template.attachment.clone(),
        Column::Active => if template.off { "no" } else { "yes" }.to_owned(),
        Column::Fields if template.fields.is_empty() => String::new(),
        Column::Fields => serde_json::to_string(&template.fields).unwrap_or_default(),
        Column::Actions if template.actions.is_none() => String::new(),
        Column::Actions => serde_json::to_string(&template.actions).unwrap_or_default(),
        Column::Body => template.body.clone(),
    }
}
