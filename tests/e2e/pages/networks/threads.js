// Lexical in a dialog that a post's own control opens; the page behind keeps nothing of it.

import { lexical } from './editors/lexical.js';
import { clicked, part, sending, use } from './site.js';

const NADIA = '[data-pressable-container="true"]:has(a[href="/@nadia.haddad/post/DRa1_x-9Kup"])';
let made = 0;

clicked('div[role="button"]:has(svg[aria-label="Reply"])', () => {
  const dialog = part('[role="dialog"]');
  dialog.querySelector('[data-pressable-container="true"]').replaceWith(part(NADIA));
  document.body.append(dialog);
  const box = dialog.querySelector('[role="textbox"]');
  const editor = use(lexical(box));
  const controls = [...dialog.querySelectorAll('div[role="button"]')];
  const publish = controls.find((control) => control.textContent === 'Publier');
  publish.textContent = 'Post';
  publish.addEventListener('click', sending(editor, (text) => {
    made += 1;
    dialog.remove();
    document.querySelector(NADIA).after(part(NADIA, [
      ['a[href="/@nadia.haddad"]', 'href', '/@albacoffee'],
      ['a[href*="/post/"]', 'href', `/@albacoffee/post/DRz9Answer${made}`],
      ['a span[translate] span', null, 'albacoffee'],
      ['div:has(time) ~ div div > span[dir="auto"]:not(:has(time)):not(a *)', null, text],
    ]));
  }));
  box.focus();
});
