/** Branches one preference after the other: what serialize_branches puts aside and next_branches takes (serialize.c). */

import type { ListenSocket, MessageBranch, ScriptValue, SipMessage } from '../module-exports.ts';
import { appendBranch, branchOfMessage, firstHopOf, newBranch, takeBranch } from './branches.ts';

/** The AVP that holds those put aside; it lives as long as AVPs do, so that a failure_route finds it too. */
const avpName = 'serial_branch';

const unknown = -1;

type Avps = Map<string, ScriptValue[]>;

/** Finds the socket of a name again. */
export type SocketFinder = (name: string) => ListenSocket | undefined;

interface Held {
  readonly branch: MessageBranch;
  /** No other one is to be tried at the same time behind it. */
  readonly last: boolean;
}

/** `clean`: those put aside before are forgotten. `keepOrder`: each one alone, in the order as they stand. */
export interface SerializeOptions {
  readonly clean: boolean;
  readonly keepOrder: boolean;
}

/**
 * Puts Request-URI and branches aside, the highest q first; the Request-URI stays as it is until next_branches. Nothing
 * happens where there are no branches, or all have one q and the order need not be kept.
 */
export function serializeBranches(
  message: SipMessage,
  avps: Avps,
  nameOf: (socket: ListenSocket) => string,
  { clean, keepOrder }: SerializeOptions,
): void {
  const { branches } = message;
  const own = branchOfMessage(message);
  const isOneClass = branches.every(({ q }) => q === own.q);
  if (branches.length === 0 || (isOneClass && !keepOrder)) return;
  const all = [own, ...branches];
  if (!keepOrder) all.sort((a, b) => (b.q ?? unknown) - (a.q ?? unknown));
  const held = all.map((branch, at) => {
    const next = all[at + 1];
    const last = next !== undefined && (keepOrder || (branch.q ?? unknown) > (next.q ?? unknown));
    return write({ branch, last }, nameOf);
  });
  avps.set(avpName, clean ? held : [...held, ...(avps.get(avpName) ?? [])]);
  branches.length = 0;
}

/**
 * The next ones: the first becomes the Request-URI, those of the same preference become branches. How it went: `more`
 * are put aside, these were the `last`, or there are `none`. Errors: as many branches as there may be; a path that
 * cannot be read. `Deviation:` one without a path leaves none; in OpenSIPS the path of the one before it stays, and the
 * request goes to a hop that it was not meant for.
 */
export function nextBranches(message: SipMessage, avps: Avps, find: SocketFinder): 'more' | 'last' | 'none' {
  const [first, ...rest] = (avps.get(avpName) ?? []).flatMap((value) => read(value, find) ?? []);
  if (!first) return 'none';
  const taken = 1 + (first.last ? 0 : countToLast(rest));
  const left = (avps.get(avpName) ?? []).slice(taken);
  if (left.length > 0) avps.set(avpName, left);
  else avps.delete(avpName);
  takeBranch(message, { ...withNextHop(first.branch), attributes: new Map(message.branchAttributes) });
  for (const { branch } of rest.slice(0, taken - 1)) appendBranch(message, branch);
  return left.length > 0 ? 'more' : 'last';
}

function countToLast(rest: readonly Held[]): number {
  const at = rest.findIndex(({ last }) => last);
  return at < 0 ? rest.length : at + 1;
}

/** A path says where a request goes first, whatever the next hop was (RFC 3327 §5.3). */
function withNextHop(branch: MessageBranch): MessageBranch {
  if (branch.path === undefined) return branch;
  const destinationUri = firstHopOf(branch.path);
  if (destinationUri === undefined) throw new Error('failed to get first hop from Path');
  return { ...branch, destinationUri };
}

function write({ branch, last }: Held, nameOf: (socket: ListenSocket) => string): string {
  const { uri, destinationUri = '', path = '', q = unknown, sendSocket, flags } = branch;
  const socket = sendSocket ? nameOf(sendSocket) : '';
  return [uri, destinationUri, path, q, socket, flags, Number(last)].join('\0');
}

/** Undefined for what somebody else has put into the AVP. */
function read(value: ScriptValue, find: SocketFinder): Held | undefined {
  const fields = String(value).split('\0');
  const [uri = '', destinationUri, path, q, socket, flags, last] = fields;
  if (fields.length !== 7) return undefined;
  const branch = newBranch(uri, Number(q) === unknown ? undefined : Number(q));
  branch.destinationUri = destinationUri || undefined;
  branch.path = path || undefined;
  branch.sendSocket = socket ? find(socket) : undefined;
  branch.flags = Number(flags);
  return { branch, last: last === '1' };
}
