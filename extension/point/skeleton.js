// The tags and attribute names of one post on this page, for a report: the first in which a part is missing, else the first.
// No value and no text; its last expression is what whoever ran it gets.
(() => {
  const DEEP = 7;
  const MOST = 120;
  const PARTS = ['text', 'handle', 'permalink', 'published'];
  let left = MOST;

  /** @param {Element} element @param {number} depth @returns {string} */
  function outline(element, depth) {
    left -= 1;
    const names = element.getAttributeNames().filter(name => /^[a-z-]{1,30}$/.test(name) && !name.startsWith('on')).sort();
    let inner = '';
    for (const child of element.children) {
      if (left <= 0 || depth <= 0) break;
      if (!Life.isOurs(child)) inner += `${inner ? ' ' : ''}${outline(child, depth - 1)}`;
    }
    return element.localName + (names.length ? `[${names.join(' ')}]` : '') + (inner ? `(${inner})` : '');
  }

  if (typeof Agent === 'undefined') return '';
  const rules = Agent.site()?.posts ?? [];
  const all = rules.flatMap(rule => [...document.querySelectorAll(rule.select)].slice(0, MOST).map(node => ({ node, rule })));
  const poor = all.find(({ node, rule }) => PARTS.some(name => rule.fields[name] && !Reader.field(node, rule.fields[name])));
  const one = poor ?? all[0];
  return one ? outline(one.node, DEEP) : '';
})();
