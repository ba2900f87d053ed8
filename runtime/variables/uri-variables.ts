import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { parseNameAddress } from '../sip/name-address.ts';
import { ReceivedMessage } from '../sip/received-message.ts';
import { parseUri, type SipUri } from '../sip/uri.ts';
import { reading, type VariableEntry } from './entries.ts';
import { textOf } from './text.ts';
import { changeUri, maxUriLength, type UriChange } from './uri-edit.ts';

/** Default ports by transport (RFC 3261 §19.1.2, RFC 7118 §5). */
const defaultPorts: Readonly<Record<string, number>> = { tls: 5061, sctp: 5060, ws: 80, wss: 443 };

function transportOf(uri: SipUri): string {
  const named = uri.params.get('transport');
  if (named) return named;
  return uri.scheme === 'sips' ? 'tls' : 'udp';
}

/** The port as the variables tell it: the transport's default where none is written. */
function portOf(uri: SipUri): number {
  return uri.port || (defaultPorts[transportOf(uri).toLowerCase()] ?? 5060);
}

export const userOf = (uri: SipUri): ScriptValue => uri.user || null;
export const hostOf = (uri: SipUri): ScriptValue => uri.host || null;

/** A part of a URI; NULL where there is no URI, none that can be read, or one of a scheme that SIP does not have. */
export function partOf(text: string | null | undefined, part: (uri: SipUri) => ScriptValue): ScriptValue {
  const uri = typeof text === 'string' ? parseUri(text) : undefined;
  return uri?.isKnown ? part(uri) : null;
}

/** The same of a URI of the message, which is read once. */
function partIn(run: ScriptRun, of: Uri, part: (uri: SipUri) => ScriptValue): ScriptValue {
  const text = of(run);
  if (typeof text !== 'string') return null;
  const { message } = run;
  const uri = message instanceof ReceivedMessage ? message.readUri(text) : parseUri(text);
  return uri?.isKnown ? part(uri) : null;
}

type Uri = (run: ScriptRun) => string | null | undefined;

const requestUri: Uri = (run) => (run.message.isRequest ? run.message.requestUri : null);
const receivedUri: Uri = (run) => (run.message.isRequest ? run.message.originalUri : null);
const nextHop: Uri = (run) => run.message.destinationUri;

function part(description: string, of: Uri, read: (uri: SipUri) => ScriptValue): VariableEntry {
  return reading(description, (run) => partIn(run, of, read));
}

/** A Request-URI as a text; NULL as for its parts (C: pv_get_ruri, pv_get_ouri). */
function readable(run: ScriptRun, of: Uri): ScriptValue {
  return partIn(run, of, ({ text }) => text);
}

/** A part of the Request-URI that can be set. Errors: a URI that cannot be read, or would be too long. */
function changeable(
  description: string,
  read: (uri: SipUri) => ScriptValue,
  change: 'user' | 'host' | 'port',
): VariableEntry {
  return {
    facts: { description, writable: true },
    behaviour: {
      get: (run) => partIn(run, requestUri, read),
      set(run, _inner, value) {
        if (value === null && change === 'host') throw new Error('str value required to set R-URI hostname');
        run.message.requestUri = changed(run.message.requestUri, { part: change, text: textOf(value) });
      },
    },
  };
}

function changed(uri: string, change: UriChange): string {
  const answer = changeUri(uri, change);
  if (answer === undefined) throw new Error(`bad uri <${uri}>`);
  return answer;
}

/** The empty text puts the received Request-URI back (C: set_ruri). */
const wholeRequestUri: VariableEntry = {
  facts: { description: 'the Request-URI', writable: true },
  behaviour: {
    get: (run) => readable(run, requestUri),
    set(run, _inner, value) {
      if (value === null) throw new Error('str value required to set R-URI');
      const text = String(value);
      if (text.length > maxUriLength) throw new Error('uri too long');
      run.message.requestUri = text === '' ? run.message.originalUri : text;
    },
  },
};

const wholeNextHop: VariableEntry = {
  facts: { description: 'the next hop', writable: true },
  behaviour: {
    get: (run) => nextHop(run) ?? null,
    set(run, _inner, value) {
      run.message.destinationUri = textOf(value) || undefined;
    },
  },
};

function changeableNextHop(
  description: string,
  read: (uri: SipUri) => ScriptValue,
  change: 'host' | 'port',
): VariableEntry {
  return {
    facts: { description, writable: true },
    behaviour: {
      get: (run) => partIn(run, nextHop, read),
      set(run, _inner, value) {
        const uri = nextHop(run);
        if (!uri || (change === 'host' && textOf(value) === '')) throw new Error('failure - null uri');
        run.message.destinationUri = changed(uri, { part: change, text: textOf(value) });
      },
    },
  };
}

/** The URI of an address header, and its parts. */
const from: Uri = (run) => run.message.from?.uri;
const to: Uri = (run) => run.message.to?.uri;

const fromUri = reading('the URI of From', (run) => from(run) ?? null);
const fromUser = part('the user of From', from, userOf);
const fromDomain = part('the host of From', from, hostOf);
const toUri = reading('the URI of To', (run) => to(run) ?? null);
const toUser = part('the user of To', to, userOf);
const toDomain = part('the host of To', to, hostOf);
const requestUser = changeable('the user of the Request-URI', userOf, 'user');
const requestHost = changeable('the host of the Request-URI', hostOf, 'host');
const original = reading('the Request-URI as received', (run) => readable(run, receivedUri));

export const uriVariables: Readonly<Record<string, VariableEntry>> = {
  ru: wholeRequestUri,
  ruri: wholeRequestUri,
  rU: requestUser,
  'ruri.user': requestUser,
  rd: requestHost,
  'ruri.domain': requestHost,
  rp: changeable('the port of the Request-URI', portOf, 'port'),
  rP: part('the transport of the Request-URI', requestUri, transportOf),
  ou: original,
  ouri: original,
  oU: part('the user of the Request-URI as received', receivedUri, userOf),
  od: part('the host of the Request-URI as received', receivedUri, hostOf),
  op: part('the port of the Request-URI as received', receivedUri, portOf),
  oP: part('the transport of the Request-URI as received', receivedUri, transportOf),
  du: wholeNextHop,
  duri: wholeNextHop,
  dd: changeableNextHop('the host of the next hop', hostOf, 'host'),
  dp: changeableNextHop('the port of the next hop', portOf, 'port'),
  dP: part('the transport of the next hop', nextHop, transportOf),
  fu: fromUri,
  from: fromUri,
  fU: fromUser,
  'from.user': fromUser,
  fd: fromDomain,
  'from.domain': fromDomain,
  fn: reading('the display name of From', (run) => displayName(run.message.header('From'))),
  ft: reading('the tag of From', (run) => run.message.from?.tag ?? null),
  tu: toUri,
  to: toUri,
  tU: toUser,
  'to.user': toUser,
  td: toDomain,
  'to.domain': toDomain,
  tn: reading('the display name of To', (run) => displayName(run.message.header('To'))),
  tt: reading('the tag of To', (run) => run.message.to?.tag ?? null),
};

/** As written, with its quotes (C: pv_get_xto_attr). */
function displayName(header: string | undefined): ScriptValue {
  return (header !== undefined && parseNameAddress(header)?.displayNameAsWritten) || null;
}
