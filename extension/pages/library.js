// Loads the template library, a module of its own.
import init from '../wasm/library.js';
import { begin } from './begin.js';

begin(init);
