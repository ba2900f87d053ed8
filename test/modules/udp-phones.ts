/** A caller and a callee of plain UDP, who play a flow of requests and replies through a host. */

import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Milliseconds; what comes is there long before, unless the machine is busy. */
const patience = 5000;

/** One socket; messages are kept until they are asked for. */
class Phone {
  readonly #socket: Socket;
  readonly #received: string[] = [];
  #woken = () => undefined as void;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (bytes) => {
      this.#received.push(bytes.toString('latin1'));
      this.#woken();
    });
  }

  static async open(): Promise<Phone> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Phone(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  send(message: string, port: number): void {
    this.#socket.send(Buffer.from(message, 'latin1'), port, '127.0.0.1');
  }

  /** The first message that fits, of those that have come or will. */
  async next(what: string, fits: (message: string) => boolean): Promise<string> {
    const until = Date.now() + patience;
    for (;;) {
      const at = this.#received.findIndex(fits);
      const [found] = at < 0 ? [] : this.#received.splice(at, 1);
      if (found !== undefined) return found;
      assert.ok(
        Date.now() < until,
        `${what} has not come; there are ${this.#received.map(firstLine).join(', ')}`,
      );
      await this.#more();
    }
  }

  close(): void {
    this.#socket.close();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 100);
      this.#woken = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

export interface Flow {
  /** `X-User`: what the script does. */
  readonly user: string;
  readonly callId: string;
  /**
   * `> METHOD [in dialog] [from callee] [to a stranger]`: the caller sends; `< CODE REASON [with body] [tag x] [n times] [to
   * METHOD | to the first request]`: the callee answers the request at hand, or waits for that one; `wait`: time goes by behind
   * the last request; `> 200 to METHOD`: the caller answers.
   */
  readonly steps: readonly string[];
}

/** Plays flows, one after the other. */
export class Phones {
  readonly caller: Phone;
  readonly callee: Phone;

  private constructor(caller: Phone, callee: Phone) {
    this.caller = caller;
    this.callee = callee;
  }

  static async open(): Promise<Phones> {
    return new Phones(await Phone.open(), await Phone.open());
  }

  close(): void {
    this.caller.close();
    this.callee.close();
  }

  /** `wait`: lets the time of the host go by. */
  async play(flow: Flow, port: number, wait: () => Promise<void>): Promise<void> {
    const play = new Play(this, flow, port);
    for (const step of flow.steps) {
      if (step === 'wait') await play.wait(wait);
      else if (step.startsWith('> ')) await play.request(step.slice(2));
      else await play.reply(step.slice(2));
    }
    await play.end();
  }
}

class Play {
  readonly #phones: Phones;
  readonly #flow: Flow;
  readonly #port: number;
  #sequence = 0;
  #inviteBranch = '';
  #accepted: string | undefined;
  /** Of 2xx to an INVITE that the callee has sent. */
  #acceptances = 0;
  /** Whose final reply has not been waited for. */
  #open: string | undefined;
  readonly #requests: string[] = [];

  constructor(phones: Phones, flow: Flow, port: number) {
    this.#phones = phones;
    this.#flow = flow;
    this.#port = port;
  }

  async request(step: string): Promise<void> {
    const [method = ''] = step.split(' ');
    if (method === '200') {
      await this.#answerAtCaller(step.slice('200 to '.length));
      return;
    }
    if (method === 'CANCEL') await this.#replyAtCaller('1', 'INVITE');
    const final = method === 'ACK' ? await this.#finalOfInvite() : undefined;
    if (final && isAccepted(final)) this.#accepted ??= final;
    this.#open = method === 'ACK' ? undefined : method;
    const isHop = method === 'CANCEL' || (final !== undefined && !isAccepted(final));
    this.#phones.caller.send(this.#requestText(method, step, isHop, final), this.#port);
  }

  async reply(step: string): Promise<void> {
    const [, code = '', rest = ''] = /^(\d+) (.*)$/.exec(step) ?? [];
    const [, wanted] = / to ([A-Z]+)$/.exec(rest) ?? [];
    if (wanted !== undefined) await this.requestAtCallee(wanted);
    else if (this.#requests.length === 0) await this.requestAtCallee('[A-Z]+');
    const toFirst = rest.endsWith(' to the first request');
    const request = toFirst ? this.#requests[0] : this.#requests.at(-1);
    const [, times = '1'] = / (\d) times/.exec(rest) ?? [];
    const text = this.#replyText(request ?? '', code, rest);
    if (code.startsWith('2') && request?.startsWith('INVITE')) this.#acceptances += Number(times);
    for (let sent = 0; sent < Number(times); sent++) this.#phones.callee.send(text, this.#port);
  }

  /** RFC 4320: nobody hears of a request that is no INVITE and that nothing has answered. */
  async wait(wait: () => Promise<void>): Promise<void> {
    if (this.#accepted === undefined) await this.requestAtCallee('[A-Z]+');
    else
      await this.#phones.callee.next(
        'the ACK at the callee',
        (text) => text.startsWith('ACK ') && this.#isOwn(text),
      );
    await wait();
    if (this.#open !== 'INVITE') this.#open = undefined;
  }

  /** The caller has got all that it will get. */
  async end(): Promise<void> {
    if (this.#open !== undefined) await this.#replyAtCaller('[2-6]', this.#open);
  }

  async #finalOfInvite(): Promise<string> {
    const first = await this.#replyAtCaller('[2-6]', 'INVITE');
    for (let more = 1; more < this.#acceptances; more++) await this.#replyAtCaller('2', 'INVITE');
    this.#acceptances = 0;
    return first;
  }

  async requestAtCallee(method: string): Promise<void> {
    const start = new RegExp(`^(?!ACK)${method} `);
    const fits = (text: string) => start.test(text) && (this.#isOwn(text) || this.#isOfHost(text));
    this.#requests.push(await this.#phones.callee.next(`${method} at the callee`, fits));
  }

  #replyAtCaller(code: string, method: string): Promise<string> {
    const start = new RegExp(`^SIP/2\\.0 ${code}`);
    const ofMethod = new RegExp(`\r\nCSeq: \\d+ ${method}\r\n`);
    return this.#phones.caller.next(
      `${code}… to ${method} at the caller`,
      (text) => start.test(text) && ofMethod.test(text) && this.#isOwn(text),
    );
  }

  #requestText(method: string, step: string, isHop: boolean, final: string | undefined): string {
    const { user, callId } = this.#flow;
    const branch = isHop
      ? this.#inviteBranch
      : `z9hG4bK-${callId}-${step.replaceAll(' ', '')}-${this.#sequence}`;
    if (method === 'INVITE') this.#inviteBranch = branch;
    if (method !== 'ACK' && method !== 'CANCEL') this.#sequence += 1;
    const tag = tagOf(final ?? (step.includes('in dialog') ? this.#accepted : undefined));
    const caller = `<sip:alice@a.example>;tag=alice-${callId}`;
    const callee = `<sip:${user}@x.example>${tag === undefined ? '' : `;tag=${tag}`}`;
    const [from, to] = step.includes('from callee') ? [callee, caller] : [caller, callee];
    const dialog = !isHop && this.#accepted !== undefined;
    const target = dialog && !step.includes('to a stranger') ? this.#target(step) : `sip:${user}@x.example`;
    const routes = dialog ? linesOf(this.#accepted ?? '', 'Record-Route').map((line) => line.slice(7)) : [];
    return [
      `${method} ${target} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${this.#phones.caller.port};branch=${branch}`,
      `From: ${from}`,
      `To: ${to}`,
      `Call-ID: ${callId}`,
      `CSeq: ${this.#sequence} ${method}`,
      'Max-Forwards: 70',
      `X-User: ${user}`,
      `X-Port: ${this.#phones.callee.port}`,
      ...routes.toReversed(),
      `Contact: <sip:alice@127.0.0.1:${this.#phones.caller.port}>`,
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
  }

  #target(step: string): string {
    const { caller, callee } = this.#phones;
    return step.includes('from callee')
      ? `sip:alice@127.0.0.1:${caller.port}`
      : `sip:bob@127.0.0.1:${callee.port}`;
  }

  async #answerAtCaller(method: string): Promise<void> {
    const fits = (text: string) => text.startsWith(`${method} `) && this.#isOwn(text);
    const request = await this.#phones.caller.next(`${method} at the caller`, fits);
    this.#phones.caller.send(this.#replyText(request, '200', 'OK'), this.#port);
  }

  /** The host has made it itself, for that user. */
  #isOfHost(text: string): boolean {
    return text.slice(0, text.indexOf('\r\n')).includes(` sip:${this.#flow.user}@127.0.0.1:`);
  }

  #isOwn(text: string): boolean {
    return text.includes(`\r\nCall-ID: ${this.#flow.callId}\r\n`);
  }

  #replyText(request: string, code: string, rest: string): string {
    const { callId } = this.#flow;
    const [, tag = `bob-${callId}`] = / tag (\S+)/.exec(rest) ?? [];
    const reason = rest.replace(/ (?:with body|tag \S+|\d times|to [A-Z]+$|to the first request)/g, '');
    const body = rest.includes(' with body') ? 'v=0\r\n' : '';
    const [to = ''] = linesOf(request, 'To');
    return [
      `SIP/2.0 ${code} ${reason}`,
      ...linesOf(request, 'Via'),
      ...linesOf(request, 'Record-Route'),
      ...linesOf(request, 'From'),
      to.includes(';tag=') ? to : `${to};tag=${tag}`,
      ...linesOf(request, 'Call-ID'),
      ...linesOf(request, 'CSeq'),
      `Contact: <sip:bob@127.0.0.1:${this.#phones.callee.port}>`,
      `Content-Length: ${body.length}`,
      '',
      body,
    ].join('\r\n');
  }
}

function linesOf(message: string, name: string): readonly string[] {
  return message.split('\r\n').filter((line) => line.startsWith(`${name}:`));
}

function tagOf(message: string | undefined): string | undefined {
  return /\r\nTo:[^\r]*;tag=([^;\r]+)/.exec(message ?? '')?.[1];
}

const isAccepted = (message: string) => message.startsWith('SIP/2.0 2');

function firstLine(message: string): string {
  return message.slice(0, message.indexOf('\r\n'));
}
