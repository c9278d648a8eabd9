//! The module of the log page and of the side panel.

fn main() {
    #[cfg(target_arch = "wasm32")]
    rejoinder::ui::start_mentions();
}
