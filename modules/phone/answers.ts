import { isOwnName, nameOfHost } from './host-names.ts';
import type { PageFile } from './page-files.ts';
import type { PageSettings } from './settings.ts';

/** As much of a request as its answer depends on. */
export interface Asked {
  readonly method: string;
  /** As in the request line. */
  readonly target: string;
  readonly host: string;
  /** The address of this host that the request came to. */
  readonly reachedAt: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What there is to be asked for. */
export interface Page {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly hostNames: readonly string[];
  /** For a page that was asked for by that host. */
  settings(host: string): PageSettings;
}

export function answerTo(asked: Asked, page: Page): Answer {
  const { host, path } = readTarget(asked);
  const name = nameOfHost(host);
  if (name === undefined) return refusal(400, 'the Host header is malformed');
  if (!isOwnName(name, asked.reachedAt, page.hostNames))
    return refusal(421, `nothing is served here for ${name}: ask for localhost, or see host_name`);
  if (asked.method !== 'GET') return refusal(405, 'there is nothing but GET', { Allow: 'GET' });

  const settings = page.settings(name);
  const headers = { ...always, 'Content-Security-Policy': contentSecurityPolicy(settings.servers) };
  if (path === '/settings.json') {
    const body = Buffer.from(JSON.stringify(settings));
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body };
  }
  const file = page.files.get(path);
  if (!file) return refusal(404, 'there is no such page');
  return { status: 200, headers: { ...headers, 'Content-Type': file.type }, body: file.bytes };
}

/** The host of a target in absolute form counts more than the header (RFC 9112 §3.2.2); a query changes nothing. */
function readTarget({ target, host }: Asked): { host: string; path: string } {
  const [, authority = host, rest = target] = /^http:\/\/([^/?#]*)(.*)$/i.exec(target) ?? [];
  const path = rest.replace(/[?#].*$/s, '');
  return { host: authority, path: path === '' ? '/' : path };
}

function refusal(status: number, why: string, more: Readonly<Record<string, string>> = {}): Answer {
  const headers = {
    ...always,
    ...more,
    'Content-Security-Policy': contentSecurityPolicy([]),
    'Content-Type': 'text/plain; charset=utf-8',
    Connection: 'close',
  };
  return { status, headers, body: Buffer.from(`${why}\n`) };
}

const always = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(self)',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Everything from here and from nowhere else, and connections to the servers of the settings. */
function contentSecurityPolicy(servers: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ["connect-src 'self'", ...servers].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
