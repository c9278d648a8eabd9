//! Files of the extension's package that would only weigh on the modules: the background asks for them when it starts and
//! hands them in, and each is understood when somebody needs it. On the host they are compiled in.

use std::sync::OnceLock;

/// The text of such a file.
#[derive(Debug)]
pub struct PackageFile(OnceLock<String>);

impl PackageFile {
    /// A file that has not been handed in.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Gives the file to whoever asks for it later; the first one counts.
    pub fn hand_in(&self, text: String) {
        let _ = self.0.set(text);
    }

    /// Its text; empty before it is handed in.
    pub fn text(&self) -> &str {
        self.0.get().map(String::as_str).unwrap_or_default()
    }
}
