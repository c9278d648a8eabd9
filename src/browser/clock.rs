//! Time, randomness and the console: what the pure core is handed as arguments.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Crypto;
    #[wasm_bindgen(thread_local_v2, js_name = crypto)]
    static CRYPTO: Crypto;
    #[wasm_bindgen(method, js_name = getRandomValues)]
    fn get_random_values(this: &Crypto, into: &mut [u8]);
}

/// UTC milliseconds now.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Minutes that local time is ahead of UTC.
pub fn offset() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

/// Bytes nobody can guess.
pub fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    CRYPTO.with(|crypto| crypto.get_random_values(&mut bytes));
    bytes
}

/// One line for whoever opens the console; never page text.
pub fn complain(line: &str) {
    web_sys::console::error_1(&JsValue::from_str(line));
}
