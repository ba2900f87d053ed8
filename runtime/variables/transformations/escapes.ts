/** Escapes of OpenSIPS's transformations (strcommon.c). What cannot be escaped or resolved gives null. */

const commonEscapes: Readonly<Record<string, string>> = { "'": "\\'", '"': '\\"', '\\': '\\\\', '\0': '\\0' };
const commonMeanings: Readonly<Record<string, string>> = { "'": "'", '"': '"', '\\': '\\', '0': '\0' };

export function escapeCommon(text: string): string {
  return text.replace(/['"\\\0]/g, (character) => commonEscapes[character] ?? character);
}

export function unescapeCommon(text: string): string {
  return text.replace(/\\(['"\\0])/g, (_whole, character: string) => commonMeanings[character] ?? character);
}

/** RFC 3261 §25.1: unreserved and user-unreserved. */
const notInUser = /[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/g;
/** RFC 3261 §25.1: unreserved and param-unreserved. */
const notInParam = /[^A-Za-z0-9\-_.!~*'()[\]/:&+$]/g;
const notPrintable = /[^\x20-\x7e]/;

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

function escapeBut(text: string, others: RegExp): string | null {
  return notPrintable.test(text) ? null : text.replace(others, percent);
}

export const escapeUser = (text: string): string | null => escapeBut(text, notInUser);
export const escapeParam = (text: string): string | null => escapeBut(text, notInParam);

/** Only printable characters may come out. */
export function unescapeUser(text: string): string | null {
  if (/%(?![\da-fA-F]{2})/.test(text)) return null;
  let printable = true;
  const answer = text.replace(/%([\da-fA-F]{2})/g, (_whole, digits: string) => {
    const code = Number.parseInt(digits, 16);
    if (code < 32 || code > 126) printable = false;
    return String.fromCharCode(code);
  });
  return printable ? answer : null;
}

export const unescapeParam = unescapeUser;
