import type { ListenSocket } from '../../runtime/module-exports.ts';
import type { Contact } from './location.ts';

/** An address of record, and what a GRUU says beside it (RFC 5627). */
export interface FoundAor {
  readonly aor: string;
  /** Without its angle brackets; '' where no instance is meant. */
  readonly instance: string;
  /** Of a temporary GRUU: the Call-ID of the registration that it was given to. */
  readonly callId: string;
}

/** Begins the user of a temporary GRUU. */
export const temporaryPrefix = 'tgruu.';

/** What temporary GRUUs are veiled with where gruu_secret is not set; OpenSIPS's own. */
export const defaultSecret = '0p3nS1pS';

/**
 * The parameters that give a contact with an instance its GRUUs (RFC 5627 §5.3): a public one, and a temporary one that
 * holds time, AoR, instance and Call-ID. C: build_contact.
 */
export function gruuParams(
  contact: Contact,
  {
    secret,
    useDomain,
    now,
    socket,
  }: { secret: string; useDomain: boolean; now: number; socket: ListenSocket },
): string {
  const instance = contact.instance.slice(1, -1);
  const place = `${socket.address.includes(':') ? `[${socket.address}]` : socket.address}:${socket.port}`;
  const name = useDomain ? contact.aor : `${contact.aor}@${place}`;
  const plain = `${now} ${contact.aor} ${instance} ${contact.callId}`;
  const temporary = Buffer.from(veiled(plain, secret), 'latin1').toString('base64');
  return (
    `;pub-gruu="sip:${name};gr=${instance}"` +
    `;temp-gruu="sip:${temporaryPrefix}${temporary}@${place};gr"` +
    `;+sip.instance="${contact.instance}"`
  );
}

/** Undefined where this host has not made it. */
export function readTemporaryGruu(user: string, secret: string): FoundAor | undefined {
  const coded = Buffer.from(user.slice(temporaryPrefix.length), 'base64').toString('latin1');
  const [time = '', aor = '', instance = '', ...callId] = veiled(coded, secret).split(' ');
  if (!/^\d+$/.test(time) || aor === '' || instance === '' || callId.length === 0) return undefined;
  return { aor, instance, callId: callId.join(' ') };
}

/** The same twice gives the text back. */
function veiled(text: string, secret: string): string {
  let result = '';
  for (let at = 0; at < text.length; at++) {
    result += String.fromCharCode(text.charCodeAt(at) ^ secret.charCodeAt(at % secret.length));
  }
  return result;
}
