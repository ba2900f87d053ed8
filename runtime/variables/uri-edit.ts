import { parseUri, type SipUri } from '../sip/uri.ts';

/** A URI is never longer (config.h: MAX_URI_SIZE). */
export const maxUriLength = 1024;

/** The pieces that a URI is put together from again. */
interface Pieces {
  scheme: string;
  user: string;
  password: string | undefined;
  host: string;
  /** Digits; empty for none. */
  port: string;
  /** With its semicolon; empty for none. */
  params: string;
  /** With its question mark; empty for none. */
  headers: string;
}

/** One change of a URI's parts (C: rewrite_ruri). */
export type UriChange =
  | { readonly part: 'user' | 'userpass' | 'host' | 'hostport' | 'port' | 'prefix'; readonly text: string }
  | { readonly part: 'strip' | 'strip_tail'; readonly count: number };

/** The URI with one part changed; undefined where it cannot be read or would be too long. */
export function changeUri(text: string, change: UriChange): string | undefined {
  const uri = parseUri(text);
  if (!uri || uri.host === '' || uri.scheme === 'urn') return undefined;
  const pieces = piecesOf(uri);
  apply(pieces, change);
  const changed = join(pieces);
  return changed.length > maxUriLength ? undefined : changed;
}

function piecesOf(uri: SipUri): Pieces {
  const { text } = uri;
  return {
    scheme: text.slice(0, uri.scheme.length),
    user: uri.user,
    password: uri.password,
    host: uri.host,
    port: text.slice(uri.hostEnd, uri.paramsStart).replace(/^:/, ''),
    params: text.slice(uri.paramsStart, uri.headersStart),
    headers: text.slice(uri.headersStart),
  };
}

function apply(pieces: Pieces, change: UriChange): void {
  switch (change.part) {
    case 'user':
      pieces.user = change.text;
      return;
    case 'userpass':
      pieces.user = change.text;
      pieces.password = undefined;
      return;
    case 'prefix':
      pieces.user = change.text + pieces.user;
      return;
    case 'host':
      pieces.host = change.text;
      pieces.params = withoutMaddr(pieces.params);
      return;
    case 'hostport':
      pieces.host = change.text;
      pieces.port = '';
      pieces.params = withoutMaddr(pieces.params);
      return;
    case 'port':
      pieces.port = change.text;
      return;
    case 'strip':
      pieces.user = pieces.user.slice(Math.max(0, change.count));
      return;
    case 'strip_tail':
      pieces.user = pieces.user.slice(0, Math.max(0, pieces.user.length - change.count));
      return;
  }
}

/** A new host makes the old address to send to wrong. */
function withoutMaddr(params: string): string {
  return params.replace(/;maddr(?:=[^;]*)?(?=;|$)/i, '');
}

function join(pieces: Pieces): string {
  const password = pieces.password === undefined ? '' : `:${pieces.password}`;
  const userinfo = pieces.user !== '' || password !== '' ? `${pieces.user}${password}@` : '';
  const port = pieces.port === '' ? '' : `:${pieces.port}`;
  return `${pieces.scheme}:${userinfo}${pieces.host}${port}${pieces.params}${pieces.headers}`;
}
