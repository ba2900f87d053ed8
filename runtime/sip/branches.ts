/** The places that a request goes to: its Request-URI, and the branches beside it (RFC 3261 §16.5, §16.6). */

import type { MessageBranch, SipMessage } from '../module-exports.ts';
import { parseNameAddress } from './name-address.ts';
import { preferenceText } from './preference.ts';
import { splitValues } from './split-values.ts';

/** The Request-URI and all branches (config.h: MAX_BRANCHES). */
export const maxBranches = 12;

/** A URI is never longer (config.h: MAX_URI_SIZE, with the byte at its end). */
const maxUriLength = 1023;

/** A branch that knows no more than its URI. */
export function newBranch(uri: string, q?: number): MessageBranch {
  return {
    uri,
    destinationUri: undefined,
    path: undefined,
    q,
    sendSocket: undefined,
    flags: 0,
    attributes: new Map(),
  };
}

/** The Request-URI with all that belongs to it, as a branch of its own. */
export function branchOfMessage(message: SipMessage): MessageBranch {
  return {
    uri: message.requestUri,
    destinationUri: message.destinationUri,
    path: message.path,
    q: message.q,
    sendSocket: message.sendSocket,
    flags: message.branchFlags,
    attributes: new Map(message.branchAttributes),
  };
}

/** The message goes where the branch would. */
export function takeBranch(message: SipMessage, branch: MessageBranch): void {
  message.requestUri = branch.uri;
  message.destinationUri = branch.destinationUri;
  message.path = branch.path;
  message.q = branch.q;
  message.sendSocket = branch.sendSocket;
  message.branchFlags = branch.flags;
  message.branchAttributes.clear();
  for (const [name, value] of branch.attributes) message.branchAttributes.set(name, value);
}

/** Puts a branch behind the others. Errors: there are as many as there may be; no URI, or one that is too long. */
export function appendBranch({ branches }: SipMessage, branch: MessageBranch): void {
  checkUri(branch.uri);
  if (branches.length >= maxBranches - 1) throw new Error('max nr of branches exceeded');
  branches.push(branch);
}

/** Errors: no URI, or one that is too long. */
export function checkUri(uri: string): void {
  if (uri === '') throw new Error('a branch needs a URI');
  if (uri.length > maxUriLength) throw new Error(`too long uri: [${uri}]/${uri.length}`);
}

/** The first hop of a Path; undefined where it is none. */
export function firstHopOf(path: string): string | undefined {
  const [first] = splitValues(path);
  return first === undefined ? undefined : parseNameAddress(first)?.uri;
}

/**
 * The Contact of a redirection, without its line end: the Request-URI where the script changed it, and all branches;
 * undefined where there is neither. C: print_dset.
 */
export function contactsOf(message: SipMessage): string | undefined {
  const changed = message.requestUri !== message.originalUri;
  const own = changed ? [contactOf(message.requestUri, message.q)] : [];
  const all = [...own, ...message.branches.map(({ uri, q }) => contactOf(uri, q))];
  return all.length === 0 ? undefined : `Contact: ${all.join(', ')}`;
}

function contactOf(uri: string, q: number | undefined): string {
  return q === undefined ? `<${uri}>` : `<${uri}>;q=${preferenceText(q)}`;
}
