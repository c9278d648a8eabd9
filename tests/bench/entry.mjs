// The peers, as one script for a page.
import writeGood from 'write-good';
import { text as alex } from 'alex';
import Handlebars from 'handlebars/dist/cjs/handlebars.js';

globalThis.peers = { writeGood, alex: text => alex(text).messages, Handlebars };
