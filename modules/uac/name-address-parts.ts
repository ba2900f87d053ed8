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
  const [, display = '', bracketed, behind, bare, params] =
    /^\s*(?:((?:"(?:[^"\\]|\\.)*"|[^"<;]*)?)\s*<([^<>]+)>\s*(.*)|([^\s;<>"]+)\s*(.*))$/s.exec(value) ?? [];
  const uri = bracketed ?? bare;
  if (uri === undefined) return undefined;
  return { display: display.trim(), uri, params: behind ?? params ?? '' };
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
