import { byId, make } from './dom.js';

const keys = [...'123456789*0#'];

/** One line of the phone: it has one call at a time. `taken` is told before the line is spoken on. */
export class CallLine {
  #element;
  #audio = make('audio', '', { autoplay: true });
  #session;
  #peer = '';
  #taken;

  constructor(name, taken) {
    this.#taken = taken;
    this.#element = byId('line').content.firstElementChild.cloneNode(true);
    this.#part('h3').textContent = name;
    this.#element.ariaLabel = name;
    this.#on('.answer', () => this.#answer());
    this.#on('.hang-up', () => this.#session.terminate());
    this.#on('.hold', () => this.#toggleHold());
    this.#on('.mute', () => this.#toggleMute());
    this.#addKeys();
    byId('lines').append(this.#element);
    this.#show('free');
  }

  get isFree() {
    return this.#session === undefined;
  }

  /** Takes a call of JsSIP that begins, in either direction. */
  take(session) {
    this.#session = session;
    this.#peer = session.remote_identity.uri.user ?? session.remote_identity.uri.host;
    this.#follow(session);
    if (session.direction === 'outgoing') this.#taken(this);
    this.#show(session.direction === 'incoming' ? `${this.#peer} calls` : `calling ${this.#peer}`);
  }

  /** Puts a call that is spoken on on hold: another line is taken. */
  rest() {
    if (this.#session?.isEstablished() && !this.#session.isOnHold().local) this.#session.hold();
  }

  #follow(session) {
    const current = (show) => (event) => this.#session === session && show(event);
    const on = (name, show) => session.on(name, current(show));
    on('progress', () => session.direction === 'outgoing' && this.#show(`rings at ${this.#peer}`));
    on('accepted', () => this.#showCall());
    for (const change of ['confirmed', 'hold', 'unhold', 'muted', 'unmuted'])
      on(change, () => this.#showCall());
    on('newDTMF', ({ originator, dtmf }) => this.#showKey(originator, dtmf.tone));
    on('ended', ({ originator, cause }) => this.#free(`${this.#peer}: ${endOf(originator, cause)}`));
    on('failed', ({ cause, message }) => this.#free(`${this.#peer}: ${failureOf(cause, message)}`));
    const listen = ({ peerconnection }) =>
      peerconnection.addEventListener('track', ({ track }) => this.#play(track));
    if (session.connection) listen({ peerconnection: session.connection });
    else session.on('peerconnection', listen);
  }

  #play(track) {
    this.#audio.srcObject = new MediaStream([track]);
  }

  #answer() {
    this.#taken(this);
    this.#session.answer({ mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } });
    this.#show(`answering ${this.#peer}`);
  }

  #toggleHold() {
    if (this.#session.isOnHold().local) {
      this.#taken(this);
      this.#session.unhold();
    } else {
      this.#session.hold();
    }
  }

  #toggleMute() {
    if (this.#session.isMuted().audio) this.#session.unmute({ audio: true });
    else this.#session.mute({ audio: true });
  }

  #free(why) {
    this.#session = undefined;
    this.#audio.srcObject = null;
    this.#show(`free (${why})`);
  }

  #showCall() {
    const { local, remote } = this.#session.isOnHold();
    const held = local ? ', on hold' : remote ? `, held by ${this.#peer}` : '';
    const muted = this.#session.isMuted().audio ? ', microphone off' : '';
    this.#show(`in a call with ${this.#peer}${held}${muted}`);
  }

  #showKey(originator, tone) {
    if (originator === 'remote') this.#show(`in a call with ${this.#peer}, who pressed ${tone}`);
  }

  #show(state) {
    const session = this.#session;
    const rings = session?.direction === 'incoming' && session.isInProgress();
    const established = session?.isEstablished() === true;
    this.#part('.line-state').textContent = state;
    this.#part('.answer').disabled = !rings;
    this.#part('.hang-up').disabled = session === undefined;
    this.#press('.hold', established, session?.isOnHold().local === true);
    this.#press('.mute', established, session?.isMuted().audio === true);
    this.#part('fieldset').hidden = !established;
  }

  #press(selector, enabled, pressed) {
    const button = this.#part(selector);
    button.disabled = !enabled;
    button.ariaPressed = String(pressed);
  }

  #addKeys() {
    const keypad = this.#part('fieldset');
    for (const key of keys) {
      const button = make('button', key, { type: 'button' });
      button.addEventListener('click', () => this.#session?.sendDTMF(key));
      keypad.append(button);
    }
  }

  #part(selector) {
    return this.#element.querySelector(selector);
  }

  #on(selector, act) {
    this.#part(selector).addEventListener('click', () => this.#session && act());
  }
}

function endOf(originator, cause) {
  if (cause === 'Terminated') return originator === 'local' ? 'you hung up' : 'hung up';
  return cause;
}

/** The answer's own words where there was one. */
function failureOf(cause, message) {
  return message?.status_code ? `${message.status_code} ${message.reason_phrase}` : cause;
}
