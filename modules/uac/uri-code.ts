/** URIs have at most 1024 bytes, as in OpenSIPS. */
const maxCode = Math.ceil(1024 / 3) * 4;

/**
 * The URI that was replaced, in a parameter of Record-Route: the two XORed over the length of the longer one, with the
 * password over it, in base64 that ends with `-` instead of `=` (C: encode_uri). Who knows one of them gets the other.
 */
export class UriCode {
  readonly #password: string;

  constructor(password: string) {
    this.#password = password;
  }

  encode(one: string, other: string): string {
    const [longer, shorter] = one.length > other.length ? [one, other] : [other, one];
    return Buffer.from(this.#hide(xor(longer, shorter)), 'latin1')
      .toString('base64')
      .replaceAll('=', '-');
  }

  /** The other of the two; undefined where the text is no such code, or of shorter URIs. */
  decode(code: string, one: string): string | undefined {
    if (!/^[A-Za-z\d+/]*-{0,2}$/.test(code)) return undefined;
    if (code.length > maxCode) return undefined;
    const mixed = this.#hide(Buffer.from(code.replaceAll('-', '='), 'base64').toString('latin1'));
    if (mixed.length < one.length) return undefined;
    const other = withoutEnd(xor(mixed, one));
    return isUri(other) ? other : undefined;
  }

  #hide(text: string): string {
    const { length } = this.#password;
    return length === 0 ? text : xor(text, this.#password.repeat(Math.ceil(text.length / length)));
  }
}

/** Without the zeros that are left where the URI is shorter than the one over it. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

/** The second text over the beginning of the first. */
function xor(longer: string, shorter: string): string {
  let mixed = '';
  for (let at = 0; at < longer.length; at++) {
    const over = at < shorter.length ? shorter.charCodeAt(at) : 0;
    mixed += String.fromCharCode(longer.charCodeAt(at) ^ over);
  }
  return mixed;
}

/** What somebody made up in a Route must not become a header. */
function isUri(text: string): boolean {
  return text !== '' && !/[\s"\0-\x1f\x7f]/.test(text);
}
