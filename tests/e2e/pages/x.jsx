// A status page with the structure that X had on captured pages, written for these tests, around a real Draft.js editor
// used as X uses it: the editor owns its DOM, the send button follows its state, sending empties it.

import { Editor, EditorState, ContentState } from 'draft-js';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const { posts, acting } = JSON.parse(document.getElementById('data').textContent);

function Names({ name, handle, verified, linked }) {
  const text = <span><span>{name}</span></span>;
  return (
    <div data-testid="User-Name">
      {linked ? <a href={`/${handle}`} role="link">{text}</a> : <div>{text}</div>}
      {verified && <svg data-testid="icon-verified" aria-label="Verified account" role="img" viewBox="0 0 22 22" />}
      {linked ? <a href={`/${handle}`} tabIndex={-1}>@{handle}</a> : <div>@{handle}</div>}
    </div>
  );
}

function Post({ post, anchor }) {
  const { id, handle, counts } = post;
  return (
    <div data-testid="cellInnerDiv">
      <article data-testid="tweet" role="article" tabIndex={anchor ? -1 : 0}>
        <div data-testid={`UserAvatar-Container-${handle}`} />
        <Names {...post} linked />
        <a href={`/${handle}/status/${id}`}><time dateTime={post.time}>3h</time></a>
        <div data-testid="tweetText" lang={post.lang}><span>{post.text}</span></div>
        {post.quote && (
          <div role="link" tabIndex={0}>
            <Names {...post.quote} />
            <time dateTime="2026-01-02T10:00:00.000Z">Jan 2</time>
            <div data-testid="tweetText"><span>{post.quote.text}</span></div>
          </div>
        )}
        <div role="group" aria-label={`${counts.replies} replies, ${counts.likes} likes, ${counts.views} views`}>
          <button data-testid="reply" aria-label={`${counts.replies} Replies. Reply`}>{counts.replies}</button>
          <button data-testid="retweet" aria-label={`${counts.reposts} reposts. Repost`}>{counts.reposts}</button>
          <button data-testid="like" aria-label={`${counts.likes} Likes. Like`}>{counts.likes}</button>
          <a href={`/${handle}/status/${id}/analytics`} aria-label={`${counts.views} views. View post analytics`}>{counts.views}</a>
        </div>
      </article>
    </div>
  );
}

function Composer() {
  const [state, setState] = useState(() => EditorState.createEmpty());
  const text = state.getCurrentContent().getPlainText('\n');
  // What the site would send: its model, not its screen.
  globalThis.modelText = () => text;
  const send = async () => {
    await fetch('/i/api/reply', { method: 'POST', body: JSON.stringify({ text }) });
    setState(EditorState.moveFocusToEnd(EditorState.push(state, ContentState.createFromText(''), 'remove-range')));
  };
  // Control and Enter send too.
  const onReturn = (event) => {
    if (!event.ctrlKey) return 'not-handled';
    send();
    return 'handled';
  };
  return (
    <div className="composer">
      <div>
        <label data-testid="tweetTextarea_0_label">
          <div data-testid="tweetTextarea_0RichTextInputContainer">
            <Editor editorState={state} onChange={setState} webDriverTestID="tweetTextarea_0" role="textbox"
              ariaLabel="Post text" ariaMultiline handleReturn={onReturn} placeholder="Post your reply" />
          </div>
        </label>
      </div>
      <div data-testid="toolBar">
        <button type="button" data-testid="tweetButtonInline" aria-disabled={!text || undefined} disabled={!text} onClick={send}>Reply</button>
      </div>
    </div>
  );
}

function Page() {
  const [first, ...others] = posts;
  return (
    <>
      <header role="banner">
        <button data-testid="SideNav_AccountSwitcher_Button" aria-label="Account menu">
          <div data-testid={`UserAvatar-Container-${acting}`} />
          <div dir="ltr"><span>Acme</span></div><div dir="ltr"><span>@{acting}</span></div>
        </button>
      </header>
      <main role="main">
        <div data-testid="primaryColumn">
          <section role="region">
            <Post post={first} anchor />
            <div data-testid="cellInnerDiv"><Composer /></div>
            {others.map((post) => <Post key={post.id} post={post} />)}
          </section>
        </div>
      </main>
    </>
  );
}

createRoot(document.getElementById('react-root')).render(<Page />);
