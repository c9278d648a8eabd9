//! The databases by name, version and stores: what the background writes and pages read.

use super::idb::{Database, Fault, Shape};

/// How the names of templates' records in `meta` begin; the second text is behind them all.
pub const TEMPLATES: (&str, &str) = ("template:", "template;");

/// Version of the databases' shape.
const SCHEMA: u32 = 1;
/// The device's database.
const DEVICE: &str = "rejoinder";

/// Name of a workspace's database.
pub fn database_name(workspace: &str) -> String {
    format!("{DEVICE}-{workspace}")
}

/// Opens a workspace's log.
pub async fn open_log(workspace: &str) -> Result<Database, Fault> {
    Database::open(&database_name(workspace), SCHEMA, log_shape).await
}

/// Opens the device's settings.
pub async fn open_device() -> Result<Database, Fault> {
    Database::open(DEVICE, SCHEMA, device_shape).await
}

/// Stores of a workspace's database that a version brings.
fn log_shape(from: u32) -> &'static [Shape<'static>] {
    match from {
        0 => &[
            ("events", Some("id"), &[("m", "m"), ("t", "t"), ("once", "once")]),
            ("outbox", Some("id"), &[]),
            (
                "mentions",
                Some("key"),
                &[
                    ("saved_at", "saved_at"),
                    ("status", "status"),
                    ("assignee", "assignee"),
                    ("department", "department"),
                    ("flag", "flag"),
                    ("case", "case"),
                ],
            ),
            ("cases", Some("id"), &[]),
            ("meta", None, &[]),
        ],
        _ => &[],
    }
}

fn device_shape(from: u32) -> &'static [Shape<'static>] {
    if from == 0 { &[("meta", None, &[])] } else { &[] }
}
