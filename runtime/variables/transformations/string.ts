import { createHash, createHmac } from 'node:crypto';
import { skipSpace, trimEnd } from '../../sip/characters.ts';
import type { TransformationEntry } from '../entries.ts';
import { findLast, findText } from '../search.ts';
import { leadingNumber, lowerAscii, upperAscii, wholeNumberOf } from '../text.ts';
import { crc32 } from './crc32.ts';
import { integerArgument, ofText, textArgument } from './entry.ts';
import {
  escapeCommon,
  escapeParam,
  escapeUser,
  unescapeCommon,
  unescapeParam,
  unescapeUser,
} from './escapes.ts';

/** The longest text that a transformation makes (C: TR_BUFFER_SIZE). */
const maxTextLength = 65_536;

const hashes = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;

function hash(name: string, text: string): string {
  return createHash(name).update(text, 'latin1').digest('hex');
}

function hmac(name: string, key: string, text: string): string {
  return createHmac(name, Buffer.from(key, 'latin1')).update(text, 'latin1').digest('hex');
}

const hashTransformations: Readonly<Record<string, TransformationEntry>> = Object.fromEntries(
  hashes.flatMap((name) => [
    [`s.${name}`, ofText(`${name} in hexadecimal digits`, (text) => hash(name, text), { since: '3.3' })],
    [
      `s.${name}_hmac`,
      ofText(
        `HMAC with ${name} and a key`,
        (text, args) => {
          const key = textArgument(args, 0);
          return key === undefined ? null : hmac(name, key, text);
        },
        { args: ['string'], since: '3.3' },
      ),
    ],
  ]),
);

/** `from` may be negative: from the end. A length below 1 leaves so many characters out at the end. */
function substring(text: string, from: number, length: number): string | null {
  const start = from < 0 ? text.length + from : from;
  if (start < 0 || start >= text.length) return null;
  const count = length < 1 ? text.length + length - start : length;
  return text.slice(start, start + Math.max(0, count));
}

/** The field of that number between separators; negative ones count from the end. */
function field(text: string, index: number, separator: string): string | null {
  return text.split(separator.slice(0, 1)).at(index) ?? null;
}

/** A negative start counts from the end, round and round. */
function startAt(text: string, start: number): number {
  if (start >= 0 || text.length === 0) return Math.max(0, start);
  const back = -start % text.length;
  return back === 0 ? 0 : text.length - back;
}

function indexIn(text: string, needle: string, start = 0): number | null {
  const from = startAt(text, start);
  if (from >= text.length || needle.length > text.length - from) return null;
  const found = findText(text, needle, from);
  return found < 0 ? null : found;
}

function lastIndexIn(text: string, needle: string, start = text.length - 1): number | null {
  if (text.length === 0) return null;
  const found = findLast(text, needle, Math.min(startAt(text, start), text.length - 1));
  return found < 0 ? null : found;
}

/** Fills up to a width; a pad of several characters is cut where it does not fit, at the side of the edge. */
function pad(text: string, padding: string | undefined, width: number | undefined, side: 'left' | 'right') {
  if (!padding || width === undefined || width > maxTextLength || width <= text.length) return text;
  const count = width - text.length;
  const repeated = padding.repeat(Math.ceil(count / padding.length));
  return side === 'left' ? repeated.slice(repeated.length - count) + text : text + repeated.slice(0, count);
}

function exclusiveOr(text: string, key: string): string {
  return [...text]
    .map((byte, index) => String.fromCharCode(byte.charCodeAt(0) ^ key.charCodeAt(index % key.length)))
    .join('');
}

const behindSpace = (text: string) => skipSpace(text, 0, text.length);
const binary = (text: string) => Buffer.from(text, 'latin1');

export const stringTransformations: Readonly<Record<string, TransformationEntry>> = {
  ...hashTransformations,
  's.eval': ofText('the text read as one of the script', (text) => text, { since: '3.2' }),
  's.len': ofText('the length in bytes', (text) => text.length),
  's.int': ofText('the number at the beginning', (text, _args, value) =>
    typeof value === 'number' ? value : leadingNumber(text),
  ),
  's.md5': ofText('MD5 in hexadecimal digits', (text) => hash('md5', text)),
  's.crc32': ofText('CRC-32 as decimal number', (text) => String(crc32(text))),
  's.substr': ofText(
    'a part: from, length',
    (text, args) => {
      const from = integerArgument(args, 0);
      const length = integerArgument(args, 1);
      return from === undefined || length === undefined ? null : substring(text, from, length);
    },
    { args: ['int', 'int'] },
  ),
  's.select': ofText(
    'a field: number, separator',
    (text, args) => {
      const index = integerArgument(args, 0);
      const separator = textArgument(args, 1) || (args.length > 2 ? ',' : undefined);
      return index === undefined || !separator ? null : field(text, index, separator);
    },
    { args: ['int', 'char'] },
  ),
  's.tolower': ofText('in small letters', lowerAscii),
  's.toupper': ofText('in capital letters', upperAscii),
  's.index': ofText(
    'where a text first stands, from a position on',
    (text, args) => indexIn(text, textArgument(args, 0) ?? '', integerArgument(args, 1)),
    { args: ['string', 'int'], min: 1 },
  ),
  's.rindex': ofText(
    'where a text last stands, from a position back',
    (text, args) => lastIndexIn(text, textArgument(args, 0) ?? '', integerArgument(args, 1)),
    { args: ['string', 'int'], min: 1 },
  ),
  's.fill.left': ofText(
    'filled up in front to a width',
    (text, args) => pad(text, textArgument(args, 0), integerArgument(args, 1), 'left'),
    { args: ['string', 'int'] },
  ),
  's.fill.right': ofText(
    'filled up behind to a width',
    (text, args) => pad(text, textArgument(args, 0), integerArgument(args, 1), 'right'),
    { args: ['string', 'int'] },
  ),
  's.width': ofText(
    'cut or filled with blanks to a width',
    (text, args) => {
      const width = integerArgument(args, 0) ?? 0;
      return width < 1 || width > maxTextLength ? null : text.slice(0, width).padEnd(width, ' ');
    },
    { args: ['int'], since: '2.2' },
  ),
  's.trim': ofText(
    'without white space at both ends',
    (text) => {
      const start = behindSpace(text);
      return text.slice(start, trimEnd(text, start, text.length));
    },
    { since: '2.2' },
  ),
  's.triml': ofText('without white space in front', (text) => text.slice(behindSpace(text)), {
    since: '2.2',
  }),
  's.trimr': ofText('without white space behind', (text) => text.slice(0, trimEnd(text, 0, text.length)), {
    since: '2.2',
  }),
  's.reverse': ofText('back to front', (text) => [...text].reverse().join(''), { since: '3.0' }),
  's.b64encode': ofText('in base64', (text) => binary(text).toString('base64'), { since: '2.2' }),
  's.b64decode': ofText('out of base64', (text) => Buffer.from(text, 'base64').toString('latin1'), {
    since: '2.2',
  }),
  's.xor': ofText(
    'each byte xor the bytes of a key',
    (text, args) => {
      const key = textArgument(args, 0);
      return key ? exclusiveOr(text, key) : null;
    },
    { args: ['string'], since: '2.2' },
  ),
  's.encode.hexa': ofText('as hexadecimal digits', (text) => binary(text).toString('hex')),
  's.decode.hexa': ofText('out of hexadecimal digits', (text) => {
    const even = text.slice(0, text.length - (text.length % 2));
    return /^[\da-fA-F]*$/.test(even) ? Buffer.from(even, 'hex').toString('latin1') : null;
  }),
  's.hex2dec': ofText('a hexadecimal number as integer', (text, _args, value) => {
    if (typeof value === 'number') return value;
    return /^[\da-fA-F]{1,8}$/.test(text) ? Number.parseInt(text, 16) | 0 : null;
  }),
  's.dec2hex': ofText('an integer as hexadecimal number', (text, _args, value) => {
    const number = typeof value === 'number' ? value : wholeNumberOf(text);
    return number === undefined ? null : (number >>> 0).toString(16);
  }),
  's.escape.common': ofText('with a backslash before quotes, backslashes and NUL', escapeCommon),
  's.unescape.common': ofText('without those backslashes', unescapeCommon),
  's.escape.user': ofText('escaped for the user part of a URI', escapeUser),
  's.unescape.user': ofText('escapes of a user part resolved', unescapeUser),
  's.escape.param': ofText('escaped for a parameter of a URI', escapeParam),
  's.unescape.param': ofText('escapes of a parameter resolved', unescapeParam),
  's.date2unix': ofText(
    'a Date header as seconds since 1970',
    (text) => {
      const time = Date.parse(text);
      return /GMT/.test(text) && Number.isFinite(time) ? String(Math.floor(time / 1000)) : null;
    },
    { since: '3.6' },
  ),
};
