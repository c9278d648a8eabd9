// Loads the log page and the side panel, a module of their own.
import init from '../wasm/mentions.js';
import { begin } from './begin.js';

begin(init);
