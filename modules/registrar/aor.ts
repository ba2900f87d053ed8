import type { Logger, RoutingTools } from '../../runtime/module-exports.ts';
import { type FoundAor, readTemporaryGruu, temporaryPrefix } from './gruu.ts';
import { RegistrationError } from './registration-error.ts';

export interface AorSettings {
  readonly tools: Pick<RoutingTools, 'uri'>;
  readonly log: Logger;
  readonly useDomain: boolean;
  readonly caseSensitive: boolean;
  readonly realmPrefix: string;
  readonly gruuSecret: string;
  /** Bytes. */
  readonly mostOfAor: number;
  readonly mostOfUser: number;
  readonly mostOfDomain: number;
}

/**
 * The address of record that a URI stands for, in its canonical form (RFC 3261 §10.3 step 5): without parameters, its
 * escapes resolved, and the domain only with use_domain. C: extract_aor. Errors: RegistrationError.
 */
export function aorOf(uri: string, settings: AorSettings): FoundAor {
  const parts = settings.tools.uri(uri);
  if (!parts) throw failed(settings, 'aor', 'failed to parse Address of Record');
  const isGruu = parts.params.has('gr');
  if (isGruu && parts.user.startsWith(temporaryPrefix)) {
    const found = readTemporaryGruu(parts.user, settings.gruuSecret);
    if (!found) throw failed(settings, 'aor', 'failed to parse Address of Record');
    return found;
  }
  checkLengths(parts.user, parts.host, settings);
  const user = userOf(parts.user, settings);
  const aor = canonical(user, parts.host, settings);
  return { aor, instance: parts.params.get('gr') ?? '', callId: '' };
}

function checkLengths(user: string, host: string, settings: AorSettings): void {
  const { mostOfAor, mostOfDomain, mostOfUser } = settings;
  if (user.length + host.length + 1 <= mostOfAor && user.length <= mostOfUser && host.length <= mostOfDomain)
    return;
  throw failed(settings, 'aorTooLong', 'Address Of Record too long');
}

/** Errors: an escape that is none, or stands for a character that no user has. */
function userOf(escaped: string, settings: AorSettings): string {
  if (!escaped.includes('%')) return escaped;
  if (/%(?![0-9a-f]{2})/i.test(escaped)) throw failed(settings, 'escape', 'failed to unescape username');
  return escaped.replace(/%([0-9a-f]{2})/gi, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function canonical(user: string, host: string, settings: AorSettings): string {
  const { caseSensitive, realmPrefix, useDomain } = settings;
  const name = caseSensitive ? user : user.toLowerCase();
  if (!useDomain) return name;
  const isLonger = host.length > realmPrefix.length;
  const domain = isLonger && host.startsWith(realmPrefix) ? host.slice(realmPrefix.length) : host;
  return user === '' ? domain.toLowerCase() : `${name}@${domain.toLowerCase()}`;
}

function failed(
  { log }: AorSettings,
  refusal: 'aor' | 'aorTooLong' | 'escape',
  message: string,
): RegistrationError {
  log.error('extract_aor', message);
  return new RegistrationError(refusal);
}
