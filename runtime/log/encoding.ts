/**
 * Text inside the host is one character a byte; here it becomes what leaves: the same bytes in plain lines,
 * UTF-8 in JSON. Texts of Node's own (error messages, paths) may hold characters beyond a byte: they leave as
 * UTF-8 everywhere.
 */

const beyondAscii = /[\x80-\uffff]/;
const beyondByte = /[\u0100-\uffff]/;
const wideCharacter = /[\ud800-\udbff][\udc00-\udfff]|[\u0100-\uffff]/g;

/** A text of one character a byte that stands for the bytes to write. */
export type ByteText = string;

/** The bytes of a plain line: bytes stay as they are, wider characters become their UTF-8 bytes. */
export function toByteText(text: string): ByteText {
  if (!beyondByte.test(text)) return text;
  return text.replace(wideCharacter, (character) => Buffer.from(character, 'utf8').toString('latin1'));
}

/** Readable text: bytes that form UTF-8 are decoded, others stand for the characters of Latin-1. */
export function toUnicode(text: string): string {
  if (!beyondAscii.test(text) || beyondByte.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') && !text.includes('\xef\xbf\xbd') ? text : decoded;
}

/** UTF-8 bytes of readable text, as a ByteText. */
export function utf8Bytes(text: string): ByteText {
  return beyondAscii.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
}
