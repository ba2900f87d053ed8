import type { RoutingTools } from '../../runtime/module-exports.ts';
import type { StoredContact } from './contact.ts';
import type { AorRecord } from './record.ts';
import { sameUri } from './same-uri.ts';

/** By what a contact of a REGISTER is found among those that are stored; undefined: as matching_mode says. */
export type MatchMode = 'contact' | 'contact-and-call' | readonly string[];

/**
 * `out-of-order`: the same call has said something newer (RFC 3261 §10.3 step 7); `retransmission`: it has said the
 * same a moment ago.
 */
export type Match = StoredContact | 'out-of-order' | 'retransmission' | undefined;

export interface MatchSettings {
  readonly tools: Pick<RoutingTools, 'uri'>;
  readonly defaultMode: MatchMode;
  /** cseq_delay, seconds. */
  readonly cseqDelay: number;
  /** UNIX seconds. */
  now(): number;
}

/** C: get_ucontact. A mode of names: by the parameters of the URIs that have them. */
export function matchContact(
  record: AorRecord,
  uri: string,
  {
    callId,
    cseq,
    mode,
  }: { readonly callId: string; readonly cseq: number; readonly mode: MatchMode | undefined },
  settings: MatchSettings,
): Match {
  const by = mode ?? settings.defaultMode;
  const found = record.contacts.find((contact) => fits(contact, uri, callId, by, settings.tools));
  if (!found || found.callId !== callId || cseq > found.cseq) return found;
  const isRecent = cseq === found.cseq && found.lastModified + settings.cseqDelay > settings.now();
  return isRecent ? 'retransmission' : 'out-of-order';
}

function fits(
  contact: StoredContact,
  uri: string,
  callId: string,
  mode: MatchMode,
  tools: MatchSettings['tools'],
): boolean {
  if (mode === 'contact') return sameUri(contact.uri, uri, tools);
  if (mode === 'contact-and-call') return contact.callId === callId && sameUri(contact.uri, uri, tools);
  const [stored, asked] = [tools.uri(contact.uri)?.params, tools.uri(uri)?.params];
  return mode.every((name) => {
    const [one, other] = [stored?.get(name), asked?.get(name)];
    return one === undefined || other === undefined || one === other;
  });
}
