// A forum that no definition knows: made-up names, hashes beside them, a reply box at the end. What a person sends is added
// to the thread; every click that reaches the page is counted.

const entry = (id, handle, name, time, text) => `
  <div class="entry x8fk2 mt-4" id="e${id}">
    <p class="who"><a href="/people/${handle}"><b>${name}</b></a> <a class="when" href="?room=4#e${id}"><time datetime="${time}">yesterday</time></a></p>
    <div class="words q1z9x">${text}</div>
    <p><a class="answer-this" href="?room=4&amp;answer=${id}">Answer</a></p>
  </div>`;

export const TALK = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kettles</title><style>
  body { font: 15px/1.5 sans-serif; max-width: 700px; margin: 0 auto; padding: 10px; }
  .entry { padding: 18px; border: 1px solid #999; margin-block: 8px; } .me { float: right; }
  textarea { width: 100%; }</style></head><body>
  <div class="bar"><a class="me" href="/people/albacoffee">Alba Coffee</a></div><h1>Kettles</h1>
  <div class="list">
    ${entry(71, 'marta', 'Marta Ruiz', '2026-11-20T10:00:00Z', 'My order from Alba Coffee is late. Where is it?')}
    ${entry(72, 'ben.k', 'Ben K', '2026-11-20T11:00:00Z', 'Nice weather today.')}
    ${entry(73, 'lucia', 'Lucía', '2026-11-21T09:00:00Z', 'My kettle leaks.')}
  </div>
  <form class="answer-form"><div class="inner"><textarea name="words" rows="3" aria-label="Answer"></textarea></div>
    <p><button type="button" class="look">Preview</button> <button class="go">Send it</button></p></form>
  <script>
    window.clicks = 0; window.keys = 0;
    document.querySelector('.list').addEventListener('click', () => { window.clicks += 1; });
    document.querySelector('.go').addEventListener('click', () => { window.clicks += 1; });
    document.addEventListener('keydown', () => { window.keys += 1; });
    document.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      document.querySelector('textarea').value = '';
    });
  </script></body></html>`;
