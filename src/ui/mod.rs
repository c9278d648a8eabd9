//! Leptos views for the extension's pages and for the frame in social pages, and the logic behind them.
//!
//! A view shows what the background sent and asks it for changes; it keeps no truth. What can be decided without a
//! browser (marking a preview, paging, filters, keys, words for times) stands in modules that compile and are tested on
//! the host. Styles are classes in `extension/css`: the extension's policy drops style attributes.

pub mod difference;
pub mod edit;
pub mod health;
pub mod keys;
pub mod marked;
pub mod mention;
pub mod templates;
pub mod when;
pub mod window;

#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod client;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod clipboard;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod dates;
#[cfg(all(target_arch = "wasm32", feature = "members"))]
mod day;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod due;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod file;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod hold;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod icons;
#[cfg(all(target_arch = "wasm32", feature = "library"))]
mod library;
#[cfg(all(target_arch = "wasm32", feature = "mentions"))]
mod log;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod look;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod options;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod overlay;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod popup;
#[cfg(all(target_arch = "wasm32", any(feature = "mentions", feature = "library")))]
mod scroll;
#[cfg(all(target_arch = "wasm32", feature = "mentions"))]
mod select;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod settings;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod shell;
#[cfg(all(target_arch = "wasm32", any(feature = "mentions", feature = "members")))]
mod store;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod tabs;
#[cfg(all(target_arch = "wasm32", feature = "members"))]
mod team;
#[cfg(all(target_arch = "wasm32", feature = "ui"))]
mod words;

#[cfg(all(target_arch = "wasm32", feature = "ui"))]
pub use shell::start;
#[cfg(all(target_arch = "wasm32", feature = "library"))]
pub use shell::start_library;
#[cfg(all(target_arch = "wasm32", feature = "members"))]
pub use shell::start_members;
#[cfg(all(target_arch = "wasm32", feature = "mentions"))]
pub use shell::start_mentions;
