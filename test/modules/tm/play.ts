/**
 * Plays the steps of a row against a host. What a step does:
 *
 * - `a INVITE`: a new request of a; `a INVITE again`: its bytes once more; `a CANCEL`, `a ACK`: of the last INVITE;
 *   `a ACK e2e`: with a branch of its own, as behind a 200; `a INVITE old`: without the branch of RFC 3261; `a BYE tagged`:
 *   within a dialog;
 * - `b 180`: b answers the last request that it got and that is no ACK; `b 200 INVITE`: the last INVITE; `b again`: its last reply once more;
 * - `wait 2500`: so many milliseconds pass.
 */

import { headerOf, inShort, Names, plain, replyText, requestText, toTagOf } from './messages.ts';
import type { Peer } from './peers.ts';
import { fill, type PeerName, type Places, peerNames, type Row, rowName, type Step } from './scenario.ts';

export interface Target {
  readonly port: number;
  /** Every line that its log has got. */
  readonly lines: readonly string[];
  pause(milliseconds: number): Promise<void>;
  /** Until all that was sent to it is worked on; `isAll` says that what is waited for has come. */
  settle(isAll: () => boolean): Promise<void>;
}

export type Peers = Readonly<Record<PeerName, Peer>>;

/** The row with what is seen now. */
export async function play(
  row: Row,
  index: number,
  peers: Peers,
  target: Target,
  places: Places,
): Promise<readonly Step[]> {
  const name = rowName(index);
  const player = new Player(name, peers, target, places);
  const seen: Step[] = [];
  for (const step of row.steps) {
    const from = new Map(peerNames.map((peer) => [peer, peers[peer].got.length]));
    const fromLine = target.lines.length;
    await player.run(step);
    const arrived = (peer: PeerName) =>
      peers[peer].got.slice(from.get(peer)).filter((text) => text.includes(`${name}@`));
    await target.settle(() => peerNames.every((peer) => arrived(peer).length >= (step[peer]?.length ?? 0)));
    const told = (text: string) => {
      const message = player.plain(text);
      return row.whole ? message : inShort(message);
    };
    const log = target.lines
      .slice(fromLine)
      .filter((line) => line.includes(`[${name}] `))
      .map((line) => player.plain(line.slice(line.indexOf(`[${name}] `) + name.length + 3)));
    const messages = peerNames
      .map((peer) => [peer, arrived(peer).map(told)] as const)
      .filter(([, texts]) => texts.length > 0);
    seen.push({
      ...actionOf(step),
      ...(log.length > 0 && { log }),
      ...Object.fromEntries(messages),
    });
  }
  return seen;
}

/** A step without what is seen after it. */
export function actionOf({ do: done, headers, uri, body }: Step): Step {
  return {
    do: done,
    ...(headers && { headers }),
    ...(uri !== undefined && { uri }),
    ...(body !== undefined && { body }),
  };
}

class Player {
  readonly #row: string;
  readonly #peers: Peers;
  readonly #target: Target;
  readonly #places: Places;
  readonly #names = new Names();
  readonly #ports: ReadonlyMap<number, string>;
  readonly #sent = new Map<string, string>();
  readonly #replies = new Map<PeerName, string>();
  #branches = 0;

  constructor(row: string, peers: Peers, target: Target, places: Places) {
    this.#row = row;
    this.#peers = peers;
    this.#target = target;
    this.#places = places;
    this.#ports = new Map([
      ...peerNames.map((name) => [peers[name].port, name] as const),
      [target.port, 'tm'],
      [Number(places.dead?.split(':')[1]), 'dead'],
    ]);
  }

  plain(text: string): string {
    return plain(text, this.#row, this.#ports, this.#names);
  }

  async run(step: Step): Promise<void> {
    const [who = '', what = '', more = ''] = step.do.split(' ');
    if (who === 'wait') return this.#target.pause(Number(what));
    const peer = peerNames.find((name) => name === who);
    if (!peer) throw new Error(`nobody is ${who}`);
    await this.#peers[peer].send(this.#messageOf(peer, what, more, step), this.#target.port);
  }

  #messageOf(peer: PeerName, what: string, more: string, step: Step): string {
    if (what === 'again') return this.#replies.get(peer) ?? '';
    const code = Number(what);
    if (Number.isNaN(code)) {
      const text = more === 'again' ? this.#sent.get(what) : this.#request(peer, what, more, step);
      this.#sent.set(what, text ?? '');
      return text ?? '';
    }
    const request = this.#lastRequest(peer, more);
    const headers = (step.headers ?? []).map((line) => fill(line, this.#places));
    const reply = replyText(request, code, `t${peer}`, headers);
    this.#replies.set(peer, reply);
    return reply;
  }

  #request(peer: PeerName, method: string, more: string, step: Step): string {
    const invite = this.#sent.get('INVITE');
    const isOfInvite = (method === 'ACK' || method === 'CANCEL') && more !== 'e2e' && invite !== undefined;
    this.#branches += 1;
    const ownBranch = `${more === 'old' ? '' : 'z9hG4bK-'}${this.#row}-${this.#branches}`;
    const branch = (isOfInvite && /branch=([^;]*)/.exec(invite)?.[1]) || ownBranch;
    const final = this.#peers[peer].got
      .filter((text) => text.includes(`${this.#row}@`) && / INVITE\r/.test(text))
      .findLast((text) => /^SIP\/2\.0 [2-6]/.test(text));
    const uri = step.uri ?? (isOfInvite && invite.split(' ')[1]) ?? 'sip:bob@{b}';
    return requestText({
      method,
      uri: fill(uri || 'sip:bob@{b}', this.#places),
      row: this.#row,
      callerPort: this.#peers[peer].port,
      branch,
      toTag: more === 'tagged' ? 'tb' : method === 'ACK' && final ? toTagOf(final) : undefined,
      headers: (step.headers ?? []).map((line) => fill(line, this.#places)),
      body: step.body ?? '',
    });
  }

  /** The last request that is no ACK, of that method where one is named. */
  #lastRequest(peer: PeerName, method: string): string {
    const request = this.#peers[peer].got.findLast((text) => {
      if (text.startsWith('SIP/2.0 ') || !text.includes(`${this.#row}@`)) return false;
      const own = headerOf(text, 'CSeq')?.split(' ')[1];
      return method === '' ? own !== 'ACK' : own === method;
    });
    if (request === undefined) throw new Error(`${peer} has got no request to answer`);
    return request;
  }
}
