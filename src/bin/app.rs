//! The interface's module: one for every extension page and for the frame in social pages. `<body data-page>` names the
//! view.

fn main() {
    #[cfg(target_arch = "wasm32")]
    rejoinder::ui::start();
}
