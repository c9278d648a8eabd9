// An input method at work, as the browser's own code sees one: composition events that are trusted.

const compositionIn = {
  /** @param {import('puppeteer-core').Page} page */
  async chrome(page) {
    const session = await page.createCDPSession();
    return {
      show: text => session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length }),
      commit: text => session.send('Input.insertText', { text }),
    };
  },
  /** The browser's own window asks its text input processor; the launch has to allow that. */
  async firefox(page) {
    const { connection } = page.browser();
    const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const target = { context: result.contexts.find(({ url }) => url.endsWith('/browser.xhtml')).context };
    const run = async body => {
      const expression = `(() => { ${body} })()`;
      const { result: answer } = await connection.send('script.evaluate', { expression, target, awaitPromise: true });
      if (answer.type !== 'success') throw new Error(answer.exceptionDetails.text);
    };
    return {
      show: text => run(`
        const method = globalThis.method = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
        if (!method.beginInputTransactionForTests(window)) throw new Error('no input transaction');
        method.setPendingCompositionString(${JSON.stringify(text)});
        method.appendClauseToPendingComposition(${text.length}, method.ATTR_RAW_CLAUSE);
        method.setCaretInPendingComposition(${text.length});
        method.flushPendingComposition();`),
      commit: text => run(`globalThis.method.commitCompositionWith(${JSON.stringify(text)});`),
    };
  },
};

/** `show` starts a composition at the caret, `commit` ends it. */
export const composition = (browserName, page) => compositionIn[browserName](page);
