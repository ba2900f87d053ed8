/**
 * The header fields that the host knows by a number: RFC 3261 §20 with its compact forms (§7.3.3) and those of the
 * extensions whose compact forms or lists matter. Other names work as well, they are only compared as text.
 */

import { tokenLower } from './characters.ts';

interface HeaderFacts {
  readonly name: string;
  readonly compact?: string;
  /** Several values may stand in one line, with commas between them (RFC 3261 §7.3.1). */
  readonly list?: true;
}

/** The number of a header is its place in this table plus one; 0 is a header that is not in it. */
const facts: readonly HeaderFacts[] = [
  { name: 'Via', compact: 'v', list: true },
  { name: 'From', compact: 'f' },
  { name: 'To', compact: 't' },
  { name: 'Call-ID', compact: 'i' },
  { name: 'CSeq' },
  { name: 'Max-Forwards' },
  { name: 'Content-Length', compact: 'l' },
  { name: 'Contact', compact: 'm', list: true },
  { name: 'Route', list: true },
  { name: 'Record-Route', list: true },
  { name: 'Content-Type', compact: 'c' },
  { name: 'Expires' },
  { name: 'Timestamp' },
  { name: 'Path', list: true },
  { name: 'Service-Route', list: true },
  { name: 'Supported', compact: 'k', list: true },
  { name: 'Require', list: true },
  { name: 'Proxy-Require', list: true },
  { name: 'Unsupported', list: true },
  { name: 'Allow', list: true },
  { name: 'Accept', list: true },
  { name: 'Accept-Encoding', list: true },
  { name: 'Accept-Language', list: true },
  { name: 'Accept-Contact', compact: 'a', list: true },
  { name: 'Reject-Contact', compact: 'j', list: true },
  { name: 'Request-Disposition', compact: 'd', list: true },
  { name: 'Alert-Info', list: true },
  { name: 'Call-Info', list: true },
  { name: 'Error-Info', list: true },
  { name: 'Content-Encoding', compact: 'e', list: true },
  { name: 'Content-Language', list: true },
  { name: 'Content-Disposition' },
  { name: 'In-Reply-To', list: true },
  { name: 'Warning', list: true },
  { name: 'Diversion', list: true },
  { name: 'History-Info', list: true },
  { name: 'P-Asserted-Identity', list: true },
  { name: 'P-Preferred-Identity', list: true },
  { name: 'Event', compact: 'o' },
  { name: 'Allow-Events', compact: 'u', list: true },
  { name: 'Subscription-State' },
  { name: 'Refer-To', compact: 'r' },
  { name: 'Referred-By', compact: 'b' },
  { name: 'Replaces' },
  { name: 'Session-Expires', compact: 'x' },
  { name: 'Min-SE' },
  { name: 'Min-Expires' },
  { name: 'Subject', compact: 's' },
  { name: 'Identity', compact: 'y', list: true },
  { name: 'Identity-Info', compact: 'n' },
  { name: 'Authorization' },
  { name: 'Proxy-Authorization' },
  { name: 'WWW-Authenticate' },
  { name: 'Proxy-Authenticate' },
  { name: 'Authentication-Info' },
  { name: 'User-Agent' },
  { name: 'Server' },
  { name: 'Organization' },
  { name: 'Priority' },
  { name: 'Privacy' },
  { name: 'Date' },
  { name: 'Retry-After' },
  { name: 'Reason', list: true },
  { name: 'Reply-To' },
  { name: 'MIME-Version' },
  { name: 'RSeq' },
  { name: 'RAck' },
  { name: 'SIP-ETag' },
  { name: 'SIP-If-Match' },
  { name: 'Join' },
  { name: 'Geolocation', list: true },
  { name: 'Remote-Party-ID', list: true },
];

/** Numbers of the headers that the parser itself reads. */
export const headerIds = {
  other: 0,
  via: 1,
  from: 2,
  to: 3,
  callId: 4,
  cseq: 5,
  maxForwards: 6,
  contentLength: 7,
  contact: 8,
  route: 9,
  recordRoute: 10,
  contentType: 11,
  expires: 12,
  timestamp: 13,
} as const;

const idsByLowerName: ReadonlyMap<string, number> = new Map(
  facts.flatMap(({ name, compact }, place): [string, number][] =>
    compact === undefined
      ? [[name.toLowerCase(), place + 1]]
      : [
          [name.toLowerCase(), place + 1],
          [compact, place + 1],
        ],
  ),
);

/** With the names as the RFCs write them, so that these are found at once. */
const idsByName: ReadonlyMap<string, number> = new Map([
  ...idsByLowerName,
  ...facts.map(({ name }, place): [string, number] => [name, place + 1]),
]);

/** True where text[from, end), in any case, is the token `lower`. */
export function equalsLower(text: string, from: number, end: number, lower: string): boolean {
  if (end - from !== lower.length) return false;
  for (let at = 0; at < lower.length; at++) {
    if (tokenLower[text.charCodeAt(from + at)] !== lower.charCodeAt(at)) return false;
  }
  return true;
}

/** The number of a header by its name, compact or not, in any case; 0 where it is unknown. */
export function headerId(name: string): number {
  return idsByName.get(name) ?? idsByLowerName.get(name.toLowerCase()) ?? headerIds.other;
}

/**
 * True where one line of this header can hold several values with commas between them. Unknown headers count as
 * lists; RFC 3261 §7.3.1 excepts the authentication headers.
 */
export function isListHeader(id: number): boolean {
  return id === headerIds.other || facts[id - 1]?.list === true;
}

/** All known names: their number, long name and compact form. */
export const knownHeaders: readonly {
  readonly id: number;
  readonly name: string;
  readonly compact?: string;
}[] = facts.map(({ name, compact }, place) => ({ id: place + 1, name, ...(compact ? { compact } : {}) }));
