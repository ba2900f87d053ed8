import * as JsSIP from 'jssip';
import { Happenings } from './happenings.js';

const media = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } };

/** Tells the status of each reply to a REGISTER: JsSIP says nothing of one that changes nothing. */
class HeardSocket extends JsSIP.WebSocketInterface {
  onRegisterReply = () => undefined;
  #take;

  set ondata(take) {
    this.#take = take;
  }

  get ondata() {
    return (data) => {
      this.#take(data);
      const [, status] = /^SIP\/2\.0 ([2-6]\d\d)/.exec(data) ?? [];
      if (status && /^CSeq: \d+ REGISTER/im.test(data)) this.onRegisterReply(Number(status));
    };
  }
}

export class JsSipClient {
  happened = new Happenings();
  #agent;
  #socket;
  #session;

  constructor({ url, user, domain }) {
    this.#socket = new HeardSocket(url);
    this.#agent = new JsSIP.UA({
      sockets: [this.#socket],
      uri: `sip:${user}@${domain}`,
      register: false,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 1,
    });
    this.#agent.on('connected', () => this.happened.tell('connected'));
    this.#agent.on('disconnected', () => this.happened.tell('disconnected'));
    this.#agent.on('newRTCSession', ({ session }) => this.#follow(session));
    this.#agent.on('newMessage', ({ originator, request }) => {
      if (originator === 'remote') this.happened.tell(`message ${request.from.uri.user} ${request.body}`);
    });
    this.#agent.start();
  }

  register() {
    return this.#registration(() => this.#agent.register());
  }

  unregister() {
    return this.#registration(() => this.#agent.unregister());
  }

  options(target) {
    return this.#status((eventHandlers) => this.#agent.sendOptions(target, undefined, { eventHandlers }));
  }

  message(target, text) {
    return this.#status((eventHandlers) => this.#agent.sendMessage(target, text, { eventHandlers }));
  }

  call(target) {
    this.#agent.call(target, media);
  }

  answer() {
    this.#session.answer(media);
  }

  reject(code) {
    this.#session.terminate({ status_code: code });
  }

  cancel() {
    this.#session.terminate();
  }

  hangUp() {
    this.#session.terminate();
  }

  hold() {
    return whenReady((done) => this.#session.hold({}, done));
  }

  resume() {
    return whenReady((done) => this.#session.unhold({}, done));
  }

  info(text) {
    this.#session.sendInfo('text/plain', text);
  }

  #registration(begin) {
    return new Promise((resolve) => {
      this.#socket.onRegisterReply = resolve;
      begin();
    });
  }

  #status(send) {
    return new Promise((resolve) => {
      const done = ({ response, cause }) => resolve(response?.status_code ?? cause);
      send({ succeeded: done, failed: done });
    });
  }

  #follow(session) {
    this.#session = session;
    const tell = (text) => this.happened.tell(text);
    if (session.direction === 'incoming') tell(`called by ${session.remote_identity.uri.user}`);
    session.on('progress', ({ originator }) => originator === 'remote' && tell('ringing'));
    session.on('confirmed', () => tell('confirmed'));
    session.on('hold', ({ originator }) => originator === 'remote' && tell('held'));
    session.on('unhold', ({ originator }) => originator === 'remote' && tell('resumed'));
    session.on('newInfo', ({ originator, info }) => originator === 'remote' && tell(`info ${info.body}`));
    session.on('ended', () => tell('ended'));
    session.on('failed', ({ message, cause }) => tell(`failed ${message?.status_code ?? cause}`));
  }
}

/** Tries until the re-INVITE may be sent, and answers when it has been answered. */
async function whenReady(send) {
  let answered;
  const answer = new Promise((resolve) => {
    answered = resolve;
  });
  while (!send(answered)) await new Promise((resolve) => setTimeout(resolve, 20));
  await answer;
}
