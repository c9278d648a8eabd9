// The module of the template library once more, beside its page: it reads files of templates, which may take seconds.
import init from '../wasm/library.js';

await init();
