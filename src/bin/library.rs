//! The module of the template library's page: the editor, import and export.

fn main() {
    #[cfg(target_arch = "wasm32")]
    rejoinder::ui::start_library();
}
