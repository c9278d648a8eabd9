// Lexical with rich text, over an element that the page already has.

import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { $createParagraphNode, $getRoot, COMMAND_PRIORITY_HIGH, createEditor, KEY_ENTER_COMMAND } from 'lexical';

/** `onEnter` answers true when it has taken the key. */
export function lexical(element, { onEnter = () => false } = {}) {
  element.replaceChildren();
  const editor = createEditor({ namespace: 'site', onError: (error) => { throw error; } });
  editor.setRootElement(element);
  registerRichText(editor);
  registerHistory(editor, createEmptyHistoryState(), 300);
  editor.registerCommand(KEY_ENTER_COMMAND, (event) => {
    if (!event || !onEnter(event)) return false;
    event.preventDefault();
    return true;
  }, COMMAND_PRIORITY_HIGH);
  return {
    text: () => editor.getEditorState().read(() => $getRoot().getChildren().map((line) => line.getTextContent()).join('\n')),
    clear: () => editor.update(() => {
      const empty = $createParagraphNode();
      $getRoot().clear().append(empty);
      empty.select();
    }, { discrete: true }),
  };
}
