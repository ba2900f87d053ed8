/** Texts of messages for tests. */

/** A request that is valid; `change` replaces, adds or (with undefined) drops lines by their name in it. */
export function requestText(change: Readonly<Record<string, string | undefined>> = {}, body = ''): string {
  const lines: Record<string, string | undefined> = {
    first: 'OPTIONS sip:alice@example.com SIP/2.0',
    Via: 'Via: SIP/2.0/WS client.invalid;branch=z9hG4bK-1',
    'Max-Forwards': 'Max-Forwards: 70',
    From: 'From: "Bob" <sip:bob@example.com>;tag=f1',
    To: 'To: <sip:alice@example.com>',
    'Call-ID': 'Call-ID: abc-1@client.invalid',
    CSeq: 'CSeq: 7 OPTIONS',
    'Content-Length': `Content-Length: ${body.length}`,
    ...change,
  };
  return `${Object.values(lines)
    .filter((line) => line !== undefined)
    .join('\r\n')}\r\n\r\n${body}`;
}

/** A reply that is valid. */
export function replyText(): string {
  return requestText({ first: 'SIP/2.0 200 OK' });
}
