import assert from 'node:assert/strict';
import { type MessageStep, parseLadder, type Step } from './ladder.ts';
import { Party } from './party.ts';
import type { Phone } from './phone.ts';
import { type SipText, uriOf } from './sip-text.ts';

/** How time goes by for a proxy: in a moment where its clock is the test's, as long as it takes otherwise. */
export interface PassingTime {
  pass(milliseconds: number): Promise<void>;
  /** Milliseconds by which what a timer does may come too early or too late. */
  readonly early: number;
  readonly late: number;
  /** Milliseconds at a time in which one waits for it; less than `early`. */
  readonly step: number;
}

export interface Stage {
  /** By the names that ladders use. */
  readonly phones: Readonly<Record<string, Phone>>;
  readonly domain: string;
  readonly time: PassingTime;
  /** Requests to a phone go to its contact. Default: to its address of record. */
  readonly callsContacts?: boolean;
}

let ladders = 0;

/**
 * Plays a ladder; see Step for its lines. Answers what each phone has sent and received. Errors: an assertion that
 * names the line that was not kept.
 */
export async function play(ladder: string, stage: Stage): Promise<(name: string) => Party> {
  const player = new Player(stage);
  try {
    for (const step of parseLadder(ladder)) await player.take(step);
    await player.silence('the end');
  } catch (error) {
    player.giveUp();
    throw error;
  }
  return (name) => player.party(name);
}

class Player {
  readonly #stage: Stage;
  readonly #parties: ReadonlyMap<string, Party>;
  /** Of the last request that was neither ACK nor CANCEL: what replies without a method answer. */
  #method = 'INVITE';

  constructor(stage: Stage) {
    ladders += 1;
    const callId = `ladder-${ladders}`;
    const parties = Object.entries(stage.phones).map(
      ([name, phone]) => [name, new Party(phone, callId, name)] as const,
    );
    this.#stage = stage;
    this.#parties = new Map(parties);
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'silence') return this.silence('silence');
    if (step.kind === 'wait') return this.#stage.time.pass(step.milliseconds);
    if (step.after !== undefined) await this.#elapse(step, step.after);
    const isRequest = /^[A-Z]/.test(step.what);
    if (isRequest && step.what !== 'ACK' && step.what !== 'CANCEL') this.#method = step.what;
    const kind = isRequest ? step.what : `${step.what} ${step.of ?? this.#method}`;
    if (step.from !== 'proxy') this.#send(step, kind);
    if (step.to !== 'proxy') await this.#receive(step, kind);
  }

  /** Nothing has come that was not asked for. */
  async silence(where: string): Promise<void> {
    for (const [name, { phone }] of this.#parties) {
      await phone.settle();
      assert.deepEqual(phone.unread, [], `${name} has received what was not asked for, at "${where}"`);
    }
  }

  giveUp(): void {
    const callIds = [...this.#parties.values()].flatMap((party) => party.callIds);
    for (const { phone } of this.#parties.values()) phone.ignore(callIds);
  }

  #send(step: MessageStep, kind: string): void {
    const party = this.party(step.from);
    const again = step.again ? party.sent(kind) : undefined;
    if (step.again) assert.ok(again, `nothing to send again: ${step.line}`);
    party.phone.send((again ?? this.#make(party, step, kind)).text);
  }

  #make(party: Party, step: MessageStep, kind: string): SipText {
    const [status = '', method] = kind.split(' ');
    const parts = { body: step.body, headers: step.headers.map((line) => this.#filled(line)) };
    if (method !== undefined) return party.reply(status, method, parts);
    const uri = step.uri === undefined ? undefined : this.#filled(step.uri);
    return party.request(step.what, this.#other(step.to), { ...parts, uri });
  }

  /** Whom a request is for: another party, or the domain. */
  #other(name: string): { readonly tag?: string; readonly uri: string } {
    const to = this.#parties.get(name);
    if (!to) return { uri: `sip:${this.#stage.domain}` };
    const { phone, tag } = to;
    return { tag, uri: this.#stage.callsContacts ? uriOf(phone.contact) : phone.uri };
  }

  async #receive(step: MessageStep, kind: string): Promise<void> {
    const party = this.party(step.to);
    let came = await party.phone.receive(step.line);
    // A proxy that answers at once may tell first that it tries.
    if (came.status === 100 && step.what !== '100') came = await party.phone.receive(step.line);
    assert.equal(came.kind, kind, `${step.to} waits for "${step.line}" and receives:\n${came.text}`);
    if (step.again) assert.equal(came.text, party.received(kind)?.text, step.line);
    if (step.body !== undefined) assert.equal(came.body, step.body, step.line);
    for (const line of step.headers) {
      const [name = '', value = ''] = this.#filled(line).split(/: */, 2);
      const values = came.headers(name);
      assert.ok(
        values.some((each) => each.includes(value)),
        `"${step.line}", but it says: ${values.join(', ')}`,
      );
    }
    party.takes(came);
  }

  /** Lets time go by in which nobody hears anything, until the one who is to hear something does. */
  async #elapse({ line, from, to }: MessageStep, milliseconds: number): Promise<void> {
    const { pass, early, late, step } = this.#stage.time;
    await pass(Math.max(milliseconds - early, 0));
    await this.silence(`before "${line}"`);
    if (from !== 'proxy') return pass(early);
    const { phone } = this.party(to);
    for (let waited = 0; waited < early + late && phone.unread.length === 0; waited += step) {
      await pass(step);
      await phone.settle();
    }
  }

  /** `{bob}` is the address of record of a phone, `{bob.contact}` its contact, `{domain}` that of all. */
  #filled(text: string): string {
    return text.replace(/\{(\w+)(\.contact)?\}/g, (_, name: string, contact: string | undefined) => {
      if (name === 'domain') return this.#stage.domain;
      const { phone } = this.party(name);
      return contact === undefined ? phone.uri : phone.contact;
    });
  }

  party(name: string): Party {
    const party = this.#parties.get(name);
    if (!party) throw new Error(`no phone ${name}`);
    return party;
  }
}
