import type { ContactValue, NameAddress, ScriptRun, ScriptValue, SipMessage } from '../module-exports.ts';
import { unfold } from '../sip/characters.ts';
import { ParsedNameAddress } from '../sip/name-address.ts';
import { type BodyPart, bodyPartsOf } from './body-parts.ts';
import { dated, reading, type VariableEntry, valueAt } from './entries.ts';
import { currentBody } from './sdp-edit.ts';

/** Plain parts of the message. */
export const messageVariables: Readonly<Record<string, VariableEntry>> = {
  rm: reading('the method; of CSeq in a reply', (run) => run.message.method || null),
  rs: reading('the status of a reply', (run) => (run.message.isRequest ? null : run.message.statusCode)),
  rr: reading('the reason of a reply', (run) => (run.message.isRequest ? null : run.message.reasonPhrase)),
  ci: reading('Call-ID', (run) => run.message.header('Call-ID') ?? null),
  cs: reading('the number of CSeq, as text', (run) => asText(run.message.cseq?.number)),
  cl: reading('Content-Length', (run) => numberOrNull(run.message.header('Content-Length'))),
  cT: {
    facts: { description: 'Content-Type; with an index the type of a part of the body', index: true },
    behaviour: {
      get: (run, _inner, index) =>
        index === undefined
          ? (run.message.header('Content-Type') ?? null)
          : valueAt(partsOf(run).map(typeOrNull), index),
      getAll: (run) => [run.message.header('Content-Type') ?? null, ...partsOf(run).map(typeOrNull)],
    },
  },
  ua: reading('User-Agent', (run) => run.message.header('User-Agent') ?? null),
  ml: reading('the length of the message in bytes', (run) => run.message.text.length),
  mb: reading('the message as received', (run) => run.message.text),
  rb: {
    facts: {
      description: 'the body; with a type in brackets or an index a part of it',
      inner: 'optional',
      index: true,
    },
    behaviour: {
      get: (run, inner, index) =>
        inner === '' && index === undefined
          ? currentBody(run) || null
          : valueAt(partsOfType(run, inner), index ?? 0),
      getAll: (run, inner) => (inner === '' ? [currentBody(run) || null] : partsOfType(run, inner)),
    },
  },
  'msg.is_request': dated(
    reading('1 for a request, 0 for a reply', (run) => (run.message.isRequest ? 1 : 0)),
    { since: '3.1' },
  ),
  'msg.type': dated(
    reading('`request` or `reply`', (run) => (run.message.isRequest ? 'request' : 'reply')),
    { since: '3.1' },
  ),
  hdr: {
    facts: { description: 'a header by name', inner: 'required', index: true },
    behaviour: {
      get: (run, inner, index = 0) =>
        index === 0 ? (run.message.header(inner) ?? null) : valueAt(headersNamed(run.message, inner), index),
      getAll: (run, inner) => headersNamed(run.message, inner),
    },
  },
  hdrcnt: {
    facts: { description: 'how many headers have a name', inner: 'required' },
    behaviour: { get: (run, inner) => headersNamed(run.message, inner).length },
  },
  hdr_name: {
    facts: { description: 'the name of a header', index: true, since: '3.0' },
    behaviour: {
      get: (run, _inner, index = 0) => valueAt(headerNames(run.message), index),
      getAll: (run) => headerNames(run.message),
    },
  },
  'ct.fields': {
    facts: {
      description: 'a part of a contact: name, uri, q, expires, methods, received, params',
      inner: 'required',
      index: true,
    },
    behaviour: {
      get: (run, inner, index = 0) => contactField(run.message.contacts.at(index), inner),
      getAll: (run, inner) => run.message.contacts.map((contact) => contactField(contact, inner)),
    },
  },
  ct: {
    facts: { description: 'a contact', index: true },
    behaviour: {
      get: (run, _inner, index = 0) => valueAt(run.message.headerValues('Contact'), index),
      getAll: (run) => run.message.headerValues('Contact'),
    },
  },
};

type ContactField = (contact: ContactValue) => ScriptValue;

const contactParam =
  (name: string): ContactField =>
  ({ address }) =>
    address.params.get(name) || null;

/** The URI is the changed one, where a function has changed it, as in OpenSIPS. */
const contactFields: Readonly<Record<string, ContactField>> = {
  name: ({ address }) => address.displayNameAsWritten || null,
  uri: ({ uri }) => uri,
  q: contactParam('q'),
  expires: contactParam('expires'),
  methods: contactParam('methods'),
  received: contactParam('received'),
  params: ({ address }) => paramsAsWritten(address),
};

function paramsAsWritten(address: NameAddress): ScriptValue {
  if (!(address instanceof ParsedNameAddress)) return null;
  const { text, paramsStart, end } = address;
  return (
    unfold(text.slice(paramsStart, end))
      .replace(/^\s*;\s*/, '')
      .trim() || null
  );
}

function contactField(contact: ContactValue | undefined, field: string): ScriptValue {
  return (contact && contactFields[field.toLowerCase()]?.(contact)) ?? null;
}

function asText(number: number | undefined): ScriptValue {
  return number === undefined ? null : String(number);
}

function numberOrNull(text: string | undefined): ScriptValue {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) | 0 : null;
}

function partsOf(run: ScriptRun): readonly BodyPart[] {
  return bodyPartsOf(run.message, currentBody(run));
}

function partsOfType(run: ScriptRun, type: string): readonly ScriptValue[] {
  const wanted = type.trim().toLowerCase();
  return partsOf(run)
    .filter((part) => wanted === '' || part.type === wanted)
    .map((part) => part.body);
}

function typeOrNull(part: BodyPart): ScriptValue {
  return part.type || null;
}

function headersNamed(message: SipMessage, name: string): readonly ScriptValue[] {
  const values: ScriptValue[] = [];
  for (let at = message.findHeader(name); at >= 0; at = message.findHeader(name, at + 1)) {
    values.push(message.headerValue(at));
  }
  return values;
}

function headerNames(message: SipMessage): readonly ScriptValue[] {
  return Array.from({ length: message.headerCount }, (_name, index) => message.headerName(index));
}
