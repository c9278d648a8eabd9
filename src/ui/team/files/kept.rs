//! What this page keeps for itself, in a database of its own: how far somebody handed out what they did, and the folder
//! that they chose. Another browser knows nothing of it, and nothing is lost with it.

use serde::{Deserialize, Serialize};

use crate::browser::folder::Folder;
use crate::browser::idb::{Database, Fault};
use crate::json;
use crate::log::pack::Mark;

/// No workspace's database has a dot in its name.
const DATABASE: &str = "rejoinder.files";
const STORE: &str = "files";

/// What is kept for a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// How far its changes were handed out.
    pub mark: Option<Mark>,
    /// When files were exchanged in the folder, UTC milliseconds.
    pub exchanged: Option<i64>,
}

async fn open() -> Result<Database, Fault> {
    Database::open(DATABASE, 1, |_| &[(STORE, None, &[])]).await
}

fn folder_of(workspace: &str) -> String {
    format!("folder:{workspace}")
}

impl Kept {
    /// What is kept; nothing when it cannot be read.
    pub async fn of(workspace: &str) -> Self {
        let read = async {
            let db = open().await?;
            let text = db.read(&[STORE])?.store(STORE)?.get(workspace)?.text().await;
            db.close();
            text
        };
        read.await.ok().flatten().and_then(|text| json::read(&text)).unwrap_or_default()
    }

    /// Keeps it, and the folder if there is one to keep.
    pub async fn keep(&self, workspace: &str, folder: Option<&Folder>) -> Result<(), Fault> {
        let text = serde_json::to_string(self).map_err(|error| Fault(error.to_string()))?;
        let db = open().await?;
        let written = async {
            let work = db.write(&[STORE])?;
            let store = work.store(STORE)?;
            store.put_text(workspace, &text)?;
            if let Some(folder) = folder {
                folder.keep(&store, &folder_of(workspace))?;
            }
            work.done().await
        };
        let written = written.await;
        db.close();
        written
    }
}

/// The folder that was chosen for a workspace.
pub async fn folder(workspace: &str) -> Option<Folder> {
    let read = async {
        let db = open().await?;
        let folder = Folder::kept(&db.read(&[STORE])?.store(STORE)?, &folder_of(workspace)).await;
        db.close();
        folder
    };
    read.await.ok().flatten()
}

/// Forgets the folder; its files stay.
pub async fn forget_folder(workspace: &str) -> Result<(), Fault> {
    let db = open().await?;
    let work = db.write(&[STORE])?;
    work.store(STORE)?.delete(&folder_of(workspace))?;
    let done = work.done().await;
    db.close();
    done
}
