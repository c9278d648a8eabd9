// No editor at all: a text area, or an element that may be edited, as the page has it.

export function field(element) {
  element.value = '';
  return { text: () => element.value, clear: () => { element.value = ''; } };
}

export function contenteditable(element) {
  element.textContent = '';
  return {
    text: () => element.innerText.replace(/\n$/, ''),
    clear: () => { element.textContent = ''; },
  };
}
