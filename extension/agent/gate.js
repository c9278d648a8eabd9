'use strict';
// Between a person's Send and the network. The verdict is there before Send is pressed, so a clean text is not touched: the
// page gets the browser's own event. A held one is stopped and its card shown; one that nobody has looked at yet is stopped,
// waits a moment for the verdict, and goes, marked as not checked when none came. What is let go is let go once.

/**
 * A send that waits for its verdict or for the person.
 * @typedef {{ box: Box, text: string, about: string, control: HTMLElement | null, form: HTMLFormElement | null }} Stopped
 */

var Gate = (() => {
  const WAIT_MS = 300;
  /** A card that has not come by then will not come. */
  const SHOW_MS = 1500;
  /** A send that was let go passes with what follows from it for so long, and is not to be pressed again. */
  const FOLLOW_MS = 1000;
  /** One send can be all of these, in this order. */
  const STEPS = ['keydown', 'click', 'submit'];

  /** The box whose send waits for the person. @type {Box | null} */
  let asking = null;

  /**
   * May this send go on? If not, it was stopped here.
   * @param {Box} box @param {Event} event @param {HTMLElement | null} control
   */
  function passes(box, event, control) {
    const text = Logical.read(box.element).text;
    if (!Agent.features().gate || Send.isEmpty(box, text)) return true;
    const { released } = box;
    const follows = released?.text === text && performance.now() < released.until;
    if (follows && STEPS.indexOf(event.type) > released.step) return true;
    const about = Composer.about(box);
    const verdict = box.verdict?.text === text && box.verdict.about === about ? box.verdict : null;
    const free = !box.stopped && !follows;
    if (free && verdict && !verdict.held) return true;
    if (free && box.allowed === text) {
      box.allowed = null;
      follow(box, text, STEPS.indexOf(event.type), { unchecked: true, overridden: [] });
      return true;
    }
    if (event instanceof KeyboardEvent) Keys.take(event);
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!free) return false;
    const form = event.type === 'submit' ? /** @type {HTMLFormElement} */ (event.target) : null;
    const stopped = box.stopped = { box, text, about, control, form };
    if (verdict) show(stopped);
    else wait(stopped);
    return false;
  }

  /** A send goes, and what follows from it. @param {Box} box @param {string} text @param {number} step @param {Passed} passed */
  function follow(box, text, step, passed) {
    box.passed = passed;
    box.released = { text, step, until: performance.now() + FOLLOW_MS };
  }

  /** @param {Stopped} stopped */
  const changed = ({ box, text, about }) => !box.element.isConnected || Logical.read(box.element).text !== text
    || Composer.about(box) !== about;

  /** @param {Stopped} stopped */
  function wait(stopped) {
    const { box, text } = stopped;
    /** @param {boolean} answered */
    const decide = answered => {
      if (box.stopped !== stopped) return;
      stop();
      const { verdict } = box;
      if (answered && verdict?.text === text && verdict.held && !changed(stopped)) show(stopped);
      else release(stopped, { unchecked: !answered, overridden: [] });
    };
    const stop = Life.root.later(WAIT_MS, 'gate', () => decide(false));
    Composer.refresh(box).then(answered => decide(Boolean(answered)));
  }

  /** @param {Stopped} stopped */
  async function show(stopped) {
    const { box, text, control } = stopped;
    closed();
    asking = box;
    const late = new Promise(done => { Life.root.later(SHOW_MS, 'gate', () => done(false)); });
    const card = Overlay.open(box, { type: 'gate', text }, { control: control ?? find(box) });
    if (await Promise.race([card, late]) || box.stopped !== stopped) return;
    // Nobody can be asked: the person reads why, and the next press counts.
    Overlay.hide(true);
    closed();
    box.allowed = text;
    Strip.say(box, box.verdict?.held ?? '');
  }

  /** Lets the send go, once, unless something changed. @param {Stopped} stopped @param {Passed} passed */
  function release(stopped, passed) {
    const { box, text, form } = stopped;
    box.stopped = null;
    if (changed(stopped)) {
      Strip.say(box, Agent.say('agent_gate_changed'));
      return;
    }
    const control = stopped.control?.isConnected ? stopped.control : find(box);
    if (passed.unchecked) Strip.say(box, Agent.say('agent_gate_unchecked'));
    if (!control && !form?.isConnected) {
      box.allowed = text;
      Strip.say(box, Agent.say('agent_gate_again'));
      return;
    }
    follow(box, text, 1, passed);
    Send.attempt(box);
    if (control) control.click();
    else form?.requestSubmit();
  }

  /** The network's own send control of a composer. @param {Box} box @returns {HTMLElement | null} */
  function find({ rule, element }) {
    const region = Reader.closest(element, rule.region);
    for (const css of rule.send) {
      for (const control of /** @type {NodeListOf<HTMLElement>} */ (region?.querySelectorAll(css) ?? [])) {
        if (control.checkVisibility()) return control;
      }
    }
    return null;
  }

  /** The card is gone: nothing is sent. */
  function closed() {
    if (asking) asking.stopped = null;
    asking = null;
  }

  return {
    passes, closed,
    /** The person decided on the card. @param {Extract<OverlayStep, { type: 'release' }>} step */
    let(step) {
      const stopped = asking?.stopped;
      // The card's end must not count as a refusal.
      closed();
      Overlay.hide();
      if (stopped?.box.local === step.composer && stopped.text === step.text) {
        release(stopped, { unchecked: false, overridden: step.overridden });
      }
    },
  };
})();
