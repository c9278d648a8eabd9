//! Rounds with a team's server: a module of its own that the background loads for a workspace that is shared.

#[cfg(target_arch = "wasm32")]
mod team {
    use rejoinder::browser::rounds::{self, Background};
    use wasm_bindgen::prelude::*;

    /// Shares the log that `line` names, now or when that makes sense; `watch`: only looks for news.
    #[wasm_bindgen]
    pub fn share(background: Background, line: &str, asked: bool, watch: bool) {
        rounds::share(background, line, asked, watch);
    }

    /// Tells the team which mention this person answers now; empty = none.
    #[wasm_bindgen]
    pub fn present(m: &str) {
        rounds::present(m);
    }
}

fn main() {}
