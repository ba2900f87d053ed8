import { readDer, readOneDer } from './der.ts';

/** The kinds of names that the script asks for (RFC 5280 4.2.1.6), by their tag there. */
const kindOfTag: ReadonlyMap<number, AlternativeNameKind> = new Map([
  [0x81, 'email'],
  [0x82, 'hostname'],
  [0x86, 'uri'],
  [0x87, 'ip'],
]);

export type AlternativeNameKind = 'email' | 'hostname' | 'uri' | 'ip';

/** One name of subjectAltName. */
export interface AlternativeName {
  readonly kind: AlternativeNameKind;
  /** One character a byte; IPv6 is in capitals, with all its zeros: `2001:DB8:0:0:0:0:0:1`. */
  readonly value: string;
}

/** Reads the value of the extension; names of other kinds are left out. Errors: RangeError where it is malformed. */
export function readAlternativeNames(extension: Buffer): readonly AlternativeName[] {
  return readDer(readOneDer(extension).content).flatMap(({ tag, content }) => {
    const kind = kindOfTag.get(tag);
    if (!kind) return [];
    const value = kind === 'ip' ? addressOf(content) : content.toString('latin1');
    return value === undefined ? [] : [{ kind, value }];
  });
}

function addressOf(bytes: Buffer): string | undefined {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return undefined;
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2));
  return groups
    .map((group) => group.toString(16))
    .join(':')
    .toUpperCase();
}
