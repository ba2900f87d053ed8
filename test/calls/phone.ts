import { type Link, type LinkTarget, openLink, type Transport } from './link.ts';
import { message, SipText } from './sip-text.ts';

export interface PhoneOptions {
  readonly user: string;
  /** Of its address of record: `127.0.0.1:5060`. */
  readonly domain: string;
  readonly transport: Transport;
  readonly target: LinkTarget;
  /** Contact and Via name a host that does not exist, as browsers do that do not know their own (RFC 7118 §5). */
  readonly hidesAddress?: boolean;
  /** Is told each message as it comes. Default: they are kept until they are asked for. */
  readonly onMessage?: (came: SipText) => void;
}

/** How long a phone waits for a message before it says what is missing, in real time. */
const patience = 8000;

/** A phone with one user: what comes is kept in order until it is asked for. */
export class Phone {
  readonly user: string;
  readonly uri: string;
  /** With its angle brackets. */
  readonly contact: string;
  readonly transport: Transport;
  #link: Link | undefined;
  #inbox: SipText[] = [];
  #wake: (() => void) | undefined;
  readonly #sentBy: string;
  readonly #onMessage: ((came: SipText) => void) | undefined;
  #numbers = 0;
  readonly #ignored = new Set<string>();

  private constructor(options: PhoneOptions, port: number) {
    const { user, domain, transport, hidesAddress, onMessage } = options;
    const host = hidesAddress ? `${user}-${port}.invalid` : `127.0.0.1:${port}`;
    this.user = user;
    this.uri = `sip:${user}@${domain}`;
    // A browser says `ws` over wss, too (RFC 7118 §5.2.4); whoever tells its address tells the way as it is.
    const scheme = hidesAddress ? 'ws' : transport;
    this.contact = `<sip:${user}@${host};transport=${scheme}>`;
    this.transport = transport;
    this.#onMessage = onMessage;
    this.#sentBy = `${transport.toUpperCase()} ${host}`;
  }

  static async open(options: PhoneOptions): Promise<Phone> {
    const early: string[] = [];
    let hear: (text: string) => void = (text) => early.push(text);
    const link = await openLink(options.transport, options.target, (text) => hear(text));
    const phone = new Phone(options, link.port);
    phone.#link = link;
    hear = (text) => phone.#hear(text);
    for (const text of early) hear(text);
    return phone;
  }

  /** What came and was not asked for, as kinds: `180 INVITE`. */
  get unread(): readonly string[] {
    return this.#inbox.map(({ kind }) => kind);
  }

  /** A Via line of its own; one phone never uses a branch twice. */
  via(branch = this.newBranch()): string {
    return `Via: SIP/2.0/${this.#sentBy};rport;branch=${branch}`;
  }

  newBranch(): string {
    this.#numbers += 1;
    return `z9hG4bK${this.user}${this.#link?.port}x${this.#numbers}`;
  }

  send(text: string): void {
    this.#link?.send(text);
  }

  /** The next message. Errors: nothing has come for some seconds. */
  async receive(awaited: string): Promise<SipText> {
    const deadline = performance.now() + patience;
    for (;;) {
      const next = this.#inbox.shift();
      if (next) return next;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`${this.user} waits for ${awaited}, and nothing comes`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /**
   * Resolves when all that the proxy has sent until now is here: the proxy answers an OPTIONS without a user without
   * a transaction, and what it sent earlier on the same way has come before that.
   */
  async settle(): Promise<void> {
    const [, domain] = this.uri.split('@');
    const callId = `settle-${this.newBranch()}`;
    this.send(
      message(`OPTIONS sip:${domain} SIP/2.0`, [
        this.via(),
        'Max-Forwards: 70',
        `From: <${this.uri}>;tag=${callId}`,
        `To: <sip:${domain}>`,
        `Call-ID: ${callId}`,
        'CSeq: 1 OPTIONS',
      ]),
    );
    const early: SipText[] = [];
    for (;;) {
      const next = await this.receive('the answer to its OPTIONS');
      if (next.header('Call-ID') === callId) break;
      early.push(next);
    }
    this.#inbox = [...early, ...this.#inbox];
  }

  /** Hears no more of these calls: what a ladder that was not kept leaves behind does not disturb the next one. */
  ignore(callIds: readonly string[]): void {
    for (const callId of callIds) this.#ignored.add(callId);
    this.#inbox = this.#inbox.filter((each) => !this.#ignored.has(each.header('Call-ID') ?? ''));
  }

  close(): Promise<void> {
    return this.#link?.close() ?? Promise.resolve();
  }

  #hear(text: string): void {
    // Keepalives are no messages.
    if (text.trim() === '') return;
    const came = new SipText(text);
    if (this.#ignored.has(came.header('Call-ID') ?? '')) return;
    if (this.#onMessage) this.#onMessage(came);
    else this.#keep(came);
  }

  #keep(came: SipText): void {
    this.#inbox.push(came);
    this.#wake?.();
  }
}
