// The newer pages: TipTap.

import { tiptap } from './editors/tiptap.js';
import { clicked, part, sending, use } from './site.js';

const box = document.querySelector('[data-view-name="comment-box"]');
const editor = use(tiptap(box.querySelector('.ProseMirror')));
const update = 'urn:li:activity:7529819650654208011';

let made = 0;
const send = sending(editor, (text) => {
  made += 1;
  const id = `replaceableComment_urn:li:comment:(${update},753000000000000001${made})`;
  box.after(part('[id^="replaceableComment_"]', [
    ['', 'id', id], ['', 'componentkey', id],
    ['a', 'href', 'https://www.linkedin.com/company/albacoffee/'],
    ['[data-view-name="comment-author"] p:first-child', null, 'Alba Coffee'],
    ['.ht', null, 'now'],
    ['[data-testid="expandable-text-box"]', null, text],
  ]));
});
clicked('[data-view-name="comment-box"] button[type="submit"]', send);
