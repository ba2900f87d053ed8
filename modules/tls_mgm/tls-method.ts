import { DEFAULT_MAX_VERSION, DEFAULT_MIN_VERSION, type SecureVersion } from 'node:tls';

/** The versions from the oldest to the newest. */
const versions = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const satisfies readonly SecureVersion[];

/** What tls_method allows. Both undefined: what OpenSSL allows by itself. */
export interface TlsMethod {
  readonly min: SecureVersion | undefined;
  readonly max: SecureVersion | undefined;
  /** TLS 1.0 or 1.1 is asked for, which OpenSSL serves at security level 0 alone. */
  readonly old: boolean;
}

export type MethodProblem = 'unknown' | 'absent' | 'empty';

/** In lower case. `undefined`: all that OpenSSL allows. */
const names: Readonly<Record<string, SecureVersion | undefined>> = {
  sslv23: undefined,
  tlsany: undefined,
  tlsv1: 'TLSv1',
  tlsv1_1: 'TLSv1.1',
  tlsv1_2: 'TLSv1.2',
  tlsv1_3: 'TLSv1.3',
};

/** Names of the field that no OpenSSL of Node has. */
const absent = new Set(['sslv2', 'sslv3']);

/**
 * Reads a value of tls_method: one version exactly, `SSLv23` or `TLSany`, or a range whose ends may be left out; then
 * they are TLS 1.0 and the newest. Letters count in any case.
 *
 * Deviation: TLS 1.1 has a name, too. A word that only begins like one (`TLSv`) is none, because nobody can mean it, and
 * a reversed range is no method, because every handshake would fail.
 */
export function readMethod(text: string): TlsMethod | MethodProblem {
  const ends = text
    .toLowerCase()
    .split('-')
    .map((end) => end.trim());
  if (ends.some((end) => absent.has(end))) return 'absent';
  if (ends.length > 2 || ends.some((end) => end !== '' && !Object.hasOwn(names, end))) return 'unknown';
  const [first = '', last] = ends;
  if (last === undefined) return first === '' ? 'unknown' : method(names[first], names[first]);
  // In front SSLv23 means what it means alone, whatever stands behind it.
  if (first !== '' && names[first] === undefined) return method(undefined, undefined);
  return method(endOf(first, versions[0]), endOf(last, versions[3]));
}

/** One end of a range; SSLv23 there means nothing of its own, so it is the widest. */
function endOf(name: string, widest: SecureVersion): SecureVersion {
  return names[name] ?? widest;
}

function method(min: SecureVersion | undefined, max: SecureVersion | undefined): TlsMethod | MethodProblem {
  if (min === undefined || max === undefined) return { min, max, old: false };
  const order: readonly string[] = versions;
  if (order.indexOf(min) > order.indexOf(max)) return 'empty';
  return { min, max, old: order.indexOf(min) < order.indexOf('TLSv1.2') };
}

/** For log lines: `TLSv1.2 to TLSv1.3`. */
export function methodText({ min, max }: TlsMethod): string {
  if (min === undefined || max === undefined) return `${DEFAULT_MIN_VERSION} to ${DEFAULT_MAX_VERSION}`;
  return min === max ? min : `${min} to ${max}`;
}
