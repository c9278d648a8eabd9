// Loads the template library and the team's page, a module of their own.
import init from '../wasm/library.js';
import * as vault from '../vault.js';
import { begin } from './begin.js';

// The team's page keeps passwords there.
Object.assign(globalThis, { vault });

begin(init);
