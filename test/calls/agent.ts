import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../runtime/fuzz/random.ts';
import { Party } from './party.ts';
import type { Phone, PhoneOptions } from './phone.ts';
import type { SipText } from './sip-text.ts';

export interface AgentOptions {
  readonly name: string;
  readonly random: Random;
  /** A phone of its own by some way; asked again when it has lost the one before. */
  readonly open: (onMessage: NonNullable<PhoneOptions['onMessage']>) => Promise<Phone>;
  /** Addresses of record that it may call. */
  readonly others: readonly string[];
  /** Milliseconds between two things that it does, at most. */
  readonly pace: number;
}

/** One call at an agent, whoever began it. */
interface Call {
  readonly party: Party;
  /** Who is called; undefined where it was called. */
  readonly callee?: string;
  state: 'ringing' | 'answered' | 'over';
}

/** What agents have done, by kind. */
export type Deeds = Record<string, number>;

/**
 * A user who does at random what users do: registers, calls, answers, refuses, lets it ring, cancels, hangs up, writes,
 * or loses the connection in the middle of it all.
 */
export class Agent {
  readonly deeds: Deeds = {};
  readonly #options: AgentOptions;
  readonly #calls = new Map<string, Call>();
  readonly #tasks = new Set<Promise<void>>();
  #phone: Phone | undefined;
  #numbers = 0;

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  /** Lives until the time is over, then ends its calls, leaves and hangs up. */
  async live(until: number): Promise<void> {
    await this.#connect();
    while (performance.now() < until) {
      await pause(this.#options.random.below(this.#options.pace));
      await this.#act();
    }
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    for (const call of this.#calls.values()) this.#bye(call);
    this.#register('Contact: *', 'Expires: 0');
    await pause(500);
    await this.#phone?.close();
  }

  async #connect(): Promise<void> {
    this.#phone = await this.#options.open((came) => this.#hear(came));
    this.#register('Expires: 20');
  }

  async #act(): Promise<void> {
    const { random, others } = this.#options;
    const deed = random.below(100);
    if (deed < 10) this.#register('Expires: 20');
    else if (deed < 15) this.#register('Expires: 0');
    else if (deed < 30) this.#ask('MESSAGE', random.pick(others));
    else if (deed < 35) await this.#disconnect();
    else this.#call(random.pick(others));
  }

  #register(...headers: readonly string[]): void {
    this.#count('REGISTER');
    const { party, phone } = this.#newParty();
    const [, domain] = phone.uri.split('@');
    phone.send(party.request('REGISTER', { uri: `sip:${domain}` }, { headers }).text);
  }

  #ask(method: string, uri: string): void {
    this.#count(method);
    const { party, phone } = this.#newParty();
    phone.send(party.request(method, { uri }, { body: 'hello' }).text);
  }

  /** Without a word: its calls and its registration are left as they are. */
  async #disconnect(): Promise<void> {
    this.#count('disconnect');
    await this.#phone?.close();
    this.#calls.clear();
    await this.#connect();
  }

  #call(uri: string): void {
    this.#count('INVITE');
    const { party, phone, callId } = this.#newParty();
    const call: Call = { party, callee: uri, state: 'ringing' };
    this.#remember(callId, call);
    phone.send(party.request('INVITE', { uri }, {}).text);
    this.#later(300, () => this.#cancel(call));
  }

  #cancel(call: Call): void {
    if (call.state !== 'ringing' || call.callee === undefined) return;
    this.#count('CANCEL');
    this.#send(call.party.request('CANCEL', { uri: call.callee }, {}));
  }

  #bye(call: Call): void {
    if (call.state !== 'answered') return;
    call.state = 'over';
    this.#count('BYE');
    this.#send(call.party.request('BYE', { uri: call.callee ?? '' }, {}));
  }

  #hear(came: SipText): void {
    const callId = came.header('Call-ID') ?? '';
    const call = this.#calls.get(callId);
    if (came.isRequest) this.#request(came, callId, call);
    else if (call) this.#reply(came, call);
  }

  #reply(came: SipText, call: Call): void {
    call.party.takes(came);
    if (came.method !== 'INVITE' || came.status < 200) return;
    // An ACK to each final reply, also to one that comes again.
    this.#send(call.party.request('ACK', { uri: call.callee ?? '' }, {}));
    if (call.state !== 'ringing') return;
    call.state = came.status < 300 ? 'answered' : 'over';
    this.#count(came.status < 300 ? 'answered' : 'not answered');
    if (call.state === 'answered') this.#later(500, () => this.#bye(call));
  }

  #request(came: SipText, callId: string, known: Call | undefined): void {
    if (came.kind === 'INVITE' && !known) this.#invited(came, callId);
    else if (came.kind !== 'ACK') this.#within(came, callId, known);
  }

  #within(came: SipText, callId: string, known: Call | undefined): void {
    const party = known?.party ?? new Party(this.#ownPhone(), callId, this.#options.name);
    party.takes(came);
    if (known && came.kind === 'CANCEL' && known.state === 'ringing') {
      known.state = 'over';
      this.#send(party.reply('487', 'INVITE', {}));
    }
    if (known && came.kind === 'BYE') known.state = 'over';
    this.#send(party.reply('200', came.kind, {}));
  }

  #invited(invite: SipText, callId: string): void {
    const party = new Party(this.#ownPhone(), callId, this.#options.name);
    const call: Call = { party, state: 'ringing' };
    party.takes(invite);
    const mood = this.#options.random.below(100);
    // Some do not hear it ring.
    if (mood < 5) return;
    this.#remember(callId, call);
    this.#send(party.reply('180', 'INVITE', {}));
    // Some let it ring.
    if (mood < 15) return;
    this.#later(300, () => this.#decide(call, mood < 30 ? '486' : '200'));
  }

  #decide(call: Call, status: string): void {
    if (call.state !== 'ringing') return;
    call.state = status === '200' ? 'answered' : 'over';
    this.#send(call.party.reply(status, 'INVITE', {}));
    if (call.state === 'answered') this.#later(700, () => this.#bye(call));
  }

  /** The last hundred calls: what comes late finds its call. */
  #remember(callId: string, call: Call): void {
    this.#calls.set(callId, call);
    const [oldest = ''] = this.#calls.keys();
    if (this.#calls.size > 100) this.#calls.delete(oldest);
  }

  #newParty(): { party: Party; phone: Phone; callId: string } {
    this.#numbers += 1;
    const phone = this.#ownPhone();
    const callId = `${this.#options.name}-${this.#numbers}`;
    return { party: new Party(phone, callId, this.#options.name), phone, callId };
  }

  #ownPhone(): Phone {
    if (!this.#phone) throw new Error(`${this.#options.name} has no phone yet`);
    return this.#phone;
  }

  #send({ text }: SipText): void {
    this.#phone?.send(text);
  }

  /** Does it within that many milliseconds, if the call is still there then. */
  #later(milliseconds: number, act: () => void): void {
    const task = pause(this.#options.random.below(milliseconds)).then(() => {
      act();
      this.#tasks.delete(task);
    });
    this.#tasks.add(task);
  }

  #count(deed: string): void {
    this.deeds[deed] = (this.deeds[deed] ?? 0) + 1;
  }
}
