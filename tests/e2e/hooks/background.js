// The background of a test package: the hooks first, so that they see every listener, then what ships.
import './hooks.js';
import '../background.js';
