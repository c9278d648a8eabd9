// Loads the team's page, a module of its own.
import init from '../wasm/members.js';
import * as vault from '../vault.js';
import { begin } from './begin.js';

// The page keeps passwords there.
Object.assign(globalThis, { vault });

begin(init);
