import type { EventParam, Events, ScriptValue } from '../../runtime/module-exports.ts';
import type { Contact } from './contact.ts';
import { socketText } from './socket-text.ts';

/** Raises E_UL_… where somebody hears them. */
export interface LocationEvents {
  record(event: 'E_UL_AOR_INSERT' | 'E_UL_AOR_DELETE', table: string, aor: string): void;
  contact(event: ContactEvent, contact: Contact): void;
  /** Asks for a new registration (RFC 8599 §5). */
  refresh(contact: Contact, reason: string, requestCallId?: string): void;
}

export type ContactEvent =
  | 'E_UL_CONTACT_INSERT'
  | 'E_UL_CONTACT_UPDATE'
  | 'E_UL_CONTACT_DELETE'
  | 'E_UL_LATENCY_UPDATE';

type Read = (contact: Contact) => ScriptValue;

/** By the name of the parameter, in the order of 3.x. */
const contactParams: Readonly<Record<string, Read>> = {
  domain: ({ table }) => table,
  aor: ({ aor }) => aor,
  uri: ({ uri }) => uri,
  received: ({ received }) => received,
  path: ({ path }) => path,
  qval: ({ q }) => q,
  user_agent: ({ userAgent }) => userAgent,
  socket: ({ socket }) => (socket ? socketText(socket) : ''),
  bflags: ({ branchFlags }) => branchFlags,
  expires: ({ expires }) => expires,
  callid: ({ callId }) => callId,
  cseq: ({ cseq }) => cseq,
  attr: ({ attributes }) => attributes,
  latency: ({ latency }) => latency,
  shtag: ({ ownershipTag }) => ownershipTag,
};

export const contactParamNames: readonly string[] = Object.keys(contactParams);

/** What 2.x does not tell. */
const onlyIn3 = ['domain', 'user_agent', 'shtag'];

export const notOnRefresh: readonly string[] = ['path', 'qval', 'cseq', 'latency'];

export const recordParams: readonly string[] = ['domain', 'aor'];

/** `version`: the OpenSIPS version that the config is written for. */
export function createLocationEvents(events: Events, version: string): LocationEvents {
  const names = contactParamNames;
  const told = version.startsWith('2.') ? names.filter((name) => !onlyIn3.includes(name)) : names;
  const toldOnRefresh = names.filter((name) => !notOnRefresh.includes(name));
  return {
    record(event, table, aor) {
      if (!events.isHeard(event)) return;
      const all = [
        { name: 'domain', value: table },
        { name: 'aor', value: aor },
      ];
      events.raise(event, told.length === names.length ? all : all.slice(1));
    },
    contact(event, contact) {
      if (events.isHeard(event)) events.raise(event, paramsOf(contact, told));
    },
    refresh(contact, reason, requestCallId = '') {
      if (!events.isHeard('E_UL_CONTACT_REFRESH')) return;
      events.raise('E_UL_CONTACT_REFRESH', [
        ...paramsOf(contact, toldOnRefresh),
        { name: 'reason', value: reason },
        { name: 'req_callid', value: requestCallId },
      ]);
    },
  };
}

function paramsOf(contact: Contact, names: readonly string[]): EventParam[] {
  return names.map((name) => ({ name, value: contactParams[name]?.(contact) ?? null }));
}
