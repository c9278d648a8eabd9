// The modules that the build makes: typed by what their callers use, not generated.
declare module '*/wasm/background.js';
declare module '*/wasm/app.js';
declare module '*/wasm/mentions.js';
declare module '*/wasm/spelling.js';
declare module '*/wasm/team.js';
