import type { Phone } from './phone.ts';
import { message, SipText, tagOf, uriOf } from './sip-text.ts';

/** What goes into a request that a party sends. */
export interface RequestParts {
  readonly uri?: string | undefined;
  readonly body?: string | undefined;
  readonly headers?: readonly string[];
}

/** The other side of a dialog, as RFC 3261 §12 keeps it. */
interface Dialog {
  readonly remote: string;
  readonly routes: readonly string[];
  target: string;
}

const description = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40000 RTP/AVP 0',
  '',
].join('\r\n');

/** A phone's part in one ladder: it makes its requests and replies out of what it has sent and received so far. */
export class Party {
  readonly phone: Phone;
  readonly tag: string;
  readonly #callId: string;
  readonly #dialogs = new Map<string, Dialog>();
  /** By kind, the last text of each. */
  readonly #sent = new Map<string, SipText>();
  readonly #received = new Map<string, SipText>();
  #numbers = 0;

  constructor(phone: Phone, callId: string, name: string) {
    this.phone = phone;
    this.tag = `${name}-${callId}`;
    this.#callId = callId;
  }

  /** Of the call, and of its own registration. */
  get callIds(): readonly string[] {
    return [this.#callId, `register-${this.tag}`];
  }

  /** The last that it received of that kind. */
  received(kind: string): SipText | undefined {
    return this.#received.get(kind);
  }

  sent(kind: string): SipText | undefined {
    return this.#sent.get(kind);
  }

  /** Takes note of what has come: dialogs begin with an INVITE that came and with replies to one's own. */
  takes(came: SipText): void {
    // The last one stands last.
    this.#received.delete(came.kind);
    this.#received.set(came.kind, came);
    if (came.method !== 'INVITE') return;
    if (came.isRequest) this.#callee(came);
    else if (came.status > 100 && came.status < 300) this.#caller(came);
  }

  /** A request within the dialog with that other party, without one in the last dialog; the first one where there is none. */
  request(
    method: string,
    other: { readonly tag?: string; readonly uri: string },
    parts: RequestParts,
  ): SipText {
    const remoteTag = other.tag ?? [...this.#dialogs.keys()].at(-1) ?? '';
    if (method === 'ACK') return this.#ack(remoteTag);
    if (method === 'CANCEL')
      return this.#hopByHop('CANCEL', this.#own('INVITE'), this.#own('INVITE').header('To'));
    if (method !== 'REGISTER' && this.#dialogs.has(remoteTag)) return this.#within(method, remoteTag, parts);
    return this.#initial(method, parts.uri ?? other.uri, parts);
  }

  /** A reply to the last request of that method. */
  reply(status: string, method: string, { body, headers = [] }: RequestParts): SipText {
    const request = this.#received.get(method);
    if (!request) throw new Error(`${this.phone.user} has no ${method} to answer`);
    const to = request.header('To') ?? '';
    const isTagged = tagOf(to) !== undefined || status === '100';
    const lines = [
      ...request.lines('Via'),
      ...request.lines('Record-Route'),
      ...request.lines('From'),
      `To: ${isTagged ? to : `${to};tag=${this.tag}`}`,
      ...request.lines('Call-ID'),
      ...request.lines('CSeq'),
      ...over(headers, this.#contactLines(method)),
    ];
    const offered = method === 'INVITE' && status.startsWith('2') ? 'INVITE' : '';
    return this.#keep(bodied(`SIP/2.0 ${status} Status ${status}`, lines, offered, body));
  }

  #initial(method: string, uri: string, { body, headers = [] }: RequestParts): SipText {
    this.#numbers += 1;
    const isRegister = method === 'REGISTER';
    const [call = '', registration = ''] = this.callIds;
    const to = `<${isRegister ? this.phone.uri : uri}>`;
    const lines = [
      this.phone.via(),
      ...over(headers, [
        'Max-Forwards: 70',
        ...this.#lines(method, to, isRegister ? registration : call, `${this.#numbers}`),
      ]),
    ];
    return this.#keep(bodied(`${method} ${uri} SIP/2.0`, lines, method, body));
  }

  #within(method: string, remoteTag: string, { uri, body, headers = [] }: RequestParts): SipText {
    const dialog = this.#dialogs.get(remoteTag);
    if (!dialog) throw new Error(`${this.phone.user} has no dialog for its ${method}`);
    // ACK has the number of its INVITE (§13.2.2.4).
    if (method !== 'ACK') this.#numbers += 1;
    const number = method === 'ACK' ? numberOf(this.#own('INVITE')) : `${this.#numbers}`;
    const routes = dialog.routes.map((route) => `Route: ${route}`);
    const lines = [
      this.phone.via(),
      ...routes,
      ...over(headers, ['Max-Forwards: 70', ...this.#lines(method, dialog.remote, this.#callId, number)]),
    ];
    return this.#keep(bodied(`${method} ${uri ?? dialog.target} SIP/2.0`, lines, method, body));
  }

  #lines(method: string, to: string, callId: string, number: string): readonly string[] {
    const from = `From: <${this.phone.uri}>;tag=${this.tag}`;
    return [
      from,
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${number} ${method}`,
      ...this.#contactLines(method),
    ];
  }

  /** To a 2xx within the dialog (§13.2.2.4), to any other final reply as part of its transaction (§17.1.1.3). */
  #ack(remoteTag: string): SipText {
    const final = [...this.#received.values()].findLast(
      ({ status, method }) => method === 'INVITE' && status >= 200,
    );
    if (final && final.status >= 300) return this.#hopByHop('ACK', this.#own('INVITE'), final.header('To'));
    return this.#within('ACK', remoteTag, {});
  }

  #hopByHop(method: string, invite: SipText, to: string | undefined): SipText {
    const lines = [
      `Via: ${invite.header('Via')}`,
      ...invite.lines('Route'),
      'Max-Forwards: 70',
      ...invite.lines('From'),
      `To: ${to}`,
      ...invite.lines('Call-ID'),
      `CSeq: ${numberOf(invite)} ${method}`,
    ];
    return this.#keep(message(`${method} ${invite.requestUri} SIP/2.0`, lines));
  }

  #callee(invite: SipText): void {
    const remoteTag = tagOf(invite.header('From')) ?? '';
    const known = this.#dialogs.get(remoteTag);
    if (known) known.target = uriOf(invite.header('Contact'));
    else {
      this.#dialogs.set(remoteTag, {
        remote: invite.header('From') ?? '',
        routes: invite.addresses('Record-Route'),
        target: uriOf(invite.header('Contact')),
      });
    }
  }

  #caller(reply: SipText): void {
    const remoteTag = tagOf(reply.header('To'));
    if (remoteTag === undefined) return;
    const known = this.#dialogs.get(remoteTag);
    const target = uriOf(reply.header('Contact'));
    if (known) known.target = target;
    else {
      const routes = [...reply.addresses('Record-Route')].reverse();
      this.#dialogs.set(remoteTag, { remote: reply.header('To') ?? '', routes, target });
    }
  }

  #own(kind: string): SipText {
    const sent = this.#sent.get(kind);
    if (!sent) throw new Error(`${this.phone.user} has sent no ${kind}`);
    return sent;
  }

  #contactLines(method: string): readonly string[] {
    return /^(?:INVITE|REGISTER|UPDATE)$/.test(method) ? [`Contact: ${this.phone.contact}`] : [];
  }

  #keep(text: string): SipText {
    const kept = new SipText(text);
    this.#sent.set(kept.kind, kept);
    return kept;
  }
}

/** With the body that is given; a description where an INVITE, or its 2xx, is given none. */
function bodied(
  startLine: string,
  lines: readonly string[],
  method: string,
  body: string | undefined,
): string {
  if (body !== undefined) return message(startLine, [...lines, 'Content-Type: text/plain'], body);
  if (method !== 'INVITE') return message(startLine, lines);
  return message(startLine, [...lines, 'Content-Type: application/sdp'], description);
}

/** Header lines, with those of the same name taken out of the others that stand before them. */
function over(given: readonly string[], others: readonly string[]): readonly string[] {
  const names = new Set(given.map(nameOf));
  return [...others.filter((line) => !names.has(nameOf(line))), ...given];
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':')).toLowerCase();
}

function numberOf(request: SipText): string {
  return request.header('CSeq')?.split(' ')[0] ?? '';
}
