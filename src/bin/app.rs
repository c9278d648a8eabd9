//! The interface's module: one for the extension's pages and for the frame in social pages; the template
//! library, the log and the team's page have their own. `<body data-page>` names the view.

fn main() {
    #[cfg(target_arch = "wasm32")]
    rejoinder::ui::start();
}
