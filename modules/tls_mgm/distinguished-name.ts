import { isUtf8 } from 'node:buffer';
import { attributeNames } from './attribute-names.ts';
import { derObjectIdentifier, derTag, readDer } from './der.ts';

/** One part of a distinguished name (X.501 9.2). */
export interface NamePart {
  /** Its object identifier: `2.5.4.3` is the common name. */
  readonly type: string;
  /** The tag of its value, which tells the alphabet. */
  readonly tag: number;
  readonly value: Buffer;
  /** It stands in one set with the part before it. */
  readonly joined: boolean;
}

/** The parts in the order of the certificate. */
export type DistinguishedName = readonly NamePart[];

/** Reads a Name (RFC 5280 4.1.2.4): sets of parts, mostly of one part each. Errors: RangeError where it is malformed. */
export function readDistinguishedName(content: Buffer): DistinguishedName {
  return readDer(content).flatMap((set) =>
    readDer(set.content).map((part, at) => {
      const [type, value] = readDer(part.content);
      if (!type || !value) throw new RangeError('a part of a name without type or value');
      return {
        type: derObjectIdentifier(type.content),
        tag: value.tag,
        value: value.content,
        joined: at > 0,
      };
    }),
  );
}

/**
 * The whole name as OpenSSL 3 prints it in one line: `/C=DE/O=Example/CN=a`. `/` and `+` in a value get a backslash,
 * bytes beyond printable ASCII are `\xC3`; `+` joins parts of one set.
 */
export function oneLine(name: DistinguishedName): string {
  return name
    .map(
      ({ type, value, joined }) =>
        `${joined ? '+' : '/'}${attributeNames.get(type) ?? type}=${escaped(value)}`,
    )
    .join('');
}

function escaped(value: Buffer): string {
  return value
    .toString('latin1')
    .replace(/[/+]/g, '\\$&')
    .replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** The first part of this type as UTF-8, one character a byte; undefined where there is none, or none that is text. */
export function partOf(name: DistinguishedName, type: string): string | undefined {
  const part = name.find((one) => one.type === type);
  return part && utf8Of(part)?.toString('latin1');
}

/** How values become UTF-8, by their tag (X.680 41); T61String is read as ISO 8859-1, as OpenSSL does. */
const alphabets: ReadonlyMap<number, (value: Buffer) => Buffer | undefined> = new Map([
  [derTag.utf8String, (value: Buffer) => (isUtf8(value) ? value : undefined)],
  // NumericString, PrintableString, T61String, IA5String, VisibleString
  ...[0x12, 0x13, 0x14, 0x16, 0x1a].map((tag) => [tag, fromBytes] as const),
  // UniversalString
  [0x1c, fromUtf32],
  // BMPString
  [0x1e, fromUtf16],
]);

function utf8Of({ tag, value }: NamePart): Buffer | undefined {
  return alphabets.get(tag)?.(value);
}

function fromBytes(value: Buffer): Buffer {
  return Buffer.from(value.toString('latin1'), 'utf8');
}

function fromUtf16(value: Buffer): Buffer | undefined {
  if (value.length % 2 !== 0) return undefined;
  // Swapping works in place, so it is done to a copy.
  return Buffer.from(Buffer.from(value).swap16().toString('utf16le'), 'utf8');
}

function fromUtf32(value: Buffer): Buffer | undefined {
  if (value.length % 4 !== 0) return undefined;
  const points = Array.from({ length: value.length / 4 }, (_, at) => value.readUInt32BE(at * 4));
  if (points.some((point) => point > 0x10ffff)) return undefined;
  return Buffer.from(String.fromCodePoint(...points), 'utf8');
}
