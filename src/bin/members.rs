//! The module of the team's page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    rejoinder::ui::start_members();
}
