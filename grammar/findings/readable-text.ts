/**
 * From the host's one character a byte to text for people: UTF-8 where the bytes are UTF-8, Latin-1 where they
 * are not.
 */

/** Bytes as Unicode. Characters above U+00FF, which only our own messages have, stay as they are. */
export function toUnicode(text: string): string {
  return text.replace(/[\x80-\xff]+/g, decodeRun);
}

/**
 * The same for a terminal: control characters, which could move the cursor or change colours, become visible
 * signs of one column each. Tabs stay.
 */
export function toPrintable(text: string): string {
  return toUnicode(text).replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/g, controlPicture);
}

/** How many columns a printable text takes, a tab counted as one. Characters of double width count as one. */
export function columnsOf(printable: string): number {
  return [...printable].length;
}

function decodeRun(run: string): string {
  const bytes = Uint8Array.from(run, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return run;
  }
}

function controlPicture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
