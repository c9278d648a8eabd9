// What was measured and cannot be had: a cell that `is` this text is no failure, and a limit that no cell meets any more
// is one. `why` is printed below the table.

/** @type {{ kind: string, browser?: string, shadow?: boolean, test?: RegExp, is: string, why: string, met?: boolean }[]} */
export const LIMITS = [];
