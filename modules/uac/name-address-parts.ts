/** The value of From or To in three parts. */
export interface NameAddressParts {
  /** As written, with quotes; '' without one. */
  readonly display: string;
  readonly uri: string;
  /** What follows the URI, from the first semicolon on. */
  readonly params: string;
}

/** Cuts a value (RFC 3261 §20.10); undefined where a quote or bracket never closes, or there is no URI. */
export function readNameAddress(value: string): NameAddressParts | undefined {
  const opening = bracketIn(value);
  if (opening === undefined) return undefined;
  if (opening < 0) return readBareUri(value);
  const closing = value.indexOf('>', opening);
  const uri = value.slice(opening + 1, closing).trim();
  if (closing < 0 || uri === '') return undefined;
  return { display: value.slice(0, opening).trim(), uri, params: value.slice(closing + 1).trim() };
}

/** A URI without brackets ends in front of the parameters of the header. */
function readBareUri(value: string): NameAddressParts | undefined {
  const semicolon = value.indexOf(';');
  const end = semicolon < 0 ? value.length : semicolon;
  const uri = value.slice(0, end).trim();
  return uri === '' || /[\s">]/.test(uri) ? undefined : { display: '', uri, params: value.slice(end).trim() };
}

/** The opening bracket outside of quotes, -1 without one; undefined where a quote never closes. */
function bracketIn(value: string): number | undefined {
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    const letter = value[at];
    if (letter === '"') quoted = !quoted;
    else if (quoted && letter === '\\') at++;
    else if (!quoted && letter === '<') return at;
  }
  return quoted ? undefined : -1;
}

export function writeNameAddress({ display, uri, params }: NameAddressParts): string {
  return `${display === '' ? '' : `${display} `}<${uri}>${params}`;
}

/** A display name as it stands in a header: a word or a quoted text as it is, else between quotes (RFC 3261 §25.1). */
export function quoteDisplay(display: string): string {
  if (display === '' || /^"(?:[^"\\]|\\.)*"$/s.test(display) || /^[-.!%*_+`'~A-Za-z0-9]+$/.test(display)) {
    return display;
  }
  return `"${display.replace(/["\\]/g, '\\$&')}"`;
}
