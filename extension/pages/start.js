// Loads the interface. Everything else is in Wasm; this file only says so when that cannot start.
import init from '../wasm/app.js';
import { begin } from './begin.js';

begin(init);
