import { Inviter, Messager, Registerer, SessionState, UserAgent } from 'sip.js';
import { Happenings } from './happenings.js';

export class SipJsClient {
  happened = new Happenings();
  #agent;
  #registerer;
  #session;
  #domain;

  constructor({ url, user, domain }) {
    this.#domain = domain;
    this.#agent = new UserAgent({
      uri: UserAgent.makeURI(`sip:${user}@${domain}`),
      transportOptions: { server: url },
      logBuiltinEnabled: false,
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
      delegate: {
        onConnect: () => this.happened.tell('connected'),
        onDisconnect: (error) => {
          this.happened.tell('disconnected');
          if (error) this.#connectAgain();
        },
        onInvite: (invitation) => {
          this.happened.tell(`called by ${invitation.remoteIdentity.uri.user}`);
          this.#follow(invitation);
          invitation.progress();
        },
        onMessage: (message) => {
          message.accept();
          this.happened.tell(`message ${message.request.from.uri.user} ${message.request.body}`);
        },
      },
    });
    this.#registerer = new Registerer(this.#agent);
    this.#agent.start();
  }

  register() {
    return this.#status((requestDelegate) => this.#registerer.register({ requestDelegate }));
  }

  unregister() {
    return this.#status((requestDelegate) => this.#registerer.unregister({ requestDelegate }));
  }

  options(target) {
    const { userAgentCore, configuration } = this.#agent;
    const uri = this.#uri(target);
    return this.#status((delegate) => {
      const message = userAgentCore.makeOutgoingRequestMessage('OPTIONS', uri, configuration.uri, uri, {});
      userAgentCore.request(message, delegate);
    });
  }

  message(target, text) {
    const messager = new Messager(this.#agent, this.#uri(target), text);
    return this.#status((requestDelegate) => messager.message({ requestDelegate }));
  }

  call(target) {
    const inviter = new Inviter(this.#agent, this.#uri(target));
    this.#follow(inviter);
    inviter.invite({
      requestDelegate: {
        onProgress: ({ message }) => message.statusCode > 100 && this.happened.tell('ringing'),
        onReject: ({ message }) => this.happened.tell(`failed ${message.statusCode}`),
      },
    });
  }

  answer() {
    return this.#session.accept();
  }

  reject(code) {
    return this.#session.reject({ statusCode: code });
  }

  cancel() {
    return this.#session.cancel();
  }

  hangUp() {
    return this.#session.bye();
  }

  hold() {
    return this.#reInvite(true);
  }

  resume() {
    return this.#reInvite(false);
  }

  info(text) {
    const body = { contentDisposition: 'render', contentType: 'text/plain', content: text };
    return this.#session.info({ requestOptions: { body } });
  }

  /** Answers when it has been accepted. */
  async #reInvite(hold) {
    this.#session.sessionDescriptionHandlerOptionsReInvite = { hold };
    await new Promise((resolve, reject) => {
      const onReject = ({ message }) => reject(new Error(`${message.statusCode} to a re-INVITE`));
      this.#session.invite({ requestDelegate: { onAccept: resolve, onReject } }).catch(reject);
    });
  }

  #uri(target) {
    return UserAgent.makeURI(`sip:${target}@${this.#domain}`);
  }

  #status(send) {
    return new Promise((resolve, reject) => {
      const done = ({ message }) => resolve(message.statusCode);
      Promise.resolve(send({ onAccept: done, onReject: done })).catch(reject);
    });
  }

  /** SIP.js leaves that to whoever uses it. */
  #connectAgain() {
    this.#agent.reconnect().catch(() => setTimeout(() => this.#connectAgain(), 200));
  }

  #follow(session) {
    this.#session = session;
    const tell = (text) => this.happened.tell(text);
    const incoming = !(session instanceof Inviter);
    let established = false;
    // Told with the ACK: before it no other INVITE may be sent in the dialog (RFC 3261 §14.1).
    let onAck = 'confirmed';
    session.delegate = {
      onAck: () => tell(onAck),
      onCancel: () => tell('failed Canceled'),
      onInfo: (info) => {
        info.accept();
        tell(`info ${info.request.body}`);
      },
      onInvite: ({ body }) => {
        onAck = /^a=(sendonly|inactive)/m.test(body) ? 'held' : 'resumed';
      },
    };
    session.stateChange.addListener((state) => {
      if (state === SessionState.Established) {
        established = true;
        if (!incoming) tell('confirmed');
      }
      if (state === SessionState.Terminated && established) tell('ended');
    });
  }
}
