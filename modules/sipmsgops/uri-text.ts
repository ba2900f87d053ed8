/** A SIP URI cut at its parameters, nothing decoded: `head;params?headers`. RFC 3261 §19.1.1. */
export interface UriText {
  /** Scheme, user, host and port. */
  readonly head: string;
  readonly params: readonly UriParam[];
  /** From the question mark on. */
  readonly headers: string;
}

export interface UriParam {
  readonly name: string;
  /** '' without one. */
  readonly value: string;
  /** As written. */
  readonly text: string;
}

export function splitUri(uri: string): UriText {
  // A user may hold ; and ? itself, so both count from the @ on.
  const host = uri.indexOf('@') + 1;
  const question = uri.indexOf('?', host);
  const end = question < 0 ? uri.length : question;
  const semicolon = uri.indexOf(';', host);
  const headEnd = semicolon < 0 || semicolon > end ? end : semicolon;
  const texts = headEnd === end ? [] : uri.slice(headEnd + 1, end).split(';');
  return { head: uri.slice(0, headEnd), params: texts.map(param), headers: uri.slice(end) };
}

export function joinUri({ head, params, headers }: UriText): string {
  return `${head}${params.map(({ text }) => `;${text}`).join('')}${headers}`;
}

function param(text: string): UriParam {
  const equals = text.indexOf('=');
  return equals < 0
    ? { name: text, value: '', text }
    : { name: text.slice(0, equals), value: text.slice(equals + 1), text };
}
