// How figures are written down: as tables of Markdown, ready for the README.

/** @param {number} value milliseconds */
export const ms = value => (value < 0.1 ? value.toFixed(4) : value < 10 ? value.toFixed(2) : value.toLocaleString('en', { maximumFractionDigits: 0 }));

/** @param {number} value */
export const times = value => `${value.toFixed(value < 10 ? 2 : 0)}×`;

/** @param {string[]} head @param {unknown[][]} rows */
export const table = (head, rows) => [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');

/** @param {string} title @param {string} text */
export const say = (title, text) => console.log(`\n### ${title}\n\n${text}`);
