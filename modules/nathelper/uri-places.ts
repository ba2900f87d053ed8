import type { UriParts } from '../../runtime/module-exports.ts';

/** A URI cut at its host: `sip:alice@`, `192.0.2.1:5060`, `;transport=udp?X=1`. */
export interface CutUri {
  readonly front: string;
  readonly hostPort: string;
  readonly rest: string;
}

export function cutAtHost(uri: string, { scheme, host }: UriParts): CutUri {
  const at = uri.indexOf('@') + 1;
  const hasUser = at > 0 && uri.slice(at, at + host.length).toLowerCase() === host.toLowerCase();
  const start = hasUser ? at : scheme.length + 1;
  const port = /^:\d*/.exec(uri.slice(start + host.length))?.[0] ?? '';
  const end = start + host.length + port.length;
  return { front: uri.slice(0, start), hostPort: uri.slice(start, end), rest: uri.slice(end) };
}

/** Without the parameter maddr: it would lead back to where the URI led before. */
export function withoutMaddr(rest: string): string {
  const [params = '', ...headers] = rest.split('?');
  return [params.replace(/;maddr(?:=[^;]*)?(?=;|$)/i, ''), ...headers].join('?');
}
