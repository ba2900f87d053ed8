/** Valid messages to start from; each call's number makes their ids differ. */

const body = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n';

function message(first: string, cseq: string, more: readonly string[] = [], content = '') {
  return (id: number): string =>
    [
      first,
      `Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK${id};rport`,
      'Max-Forwards: 70',
      `From: "Bob \\"B\\" Baker" <sip:bob@example.com>;tag=${id}f`,
      'To: <sip:alice@example.com>',
      `Call-ID: ${id}@df7jal23ls0d.invalid`,
      `CSeq: ${(id % 1000) + 1} ${cseq}`,
      'Contact: <sip:bob@df7jal23ls0d.invalid;transport=ws>;expires=600',
      ...more,
      'User-Agent: fuzz',
      'Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE',
      'Supported: path,outbound,gruu',
      `Content-Length: ${content.length}`,
      '',
      content,
    ].join('\r\n');
}

export const validMessages: readonly ((id: number) => string)[] = [
  message('OPTIONS sip:alice@example.com SIP/2.0', 'OPTIONS', ['Accept: application/sdp']),
  message('REGISTER sip:example.com SIP/2.0', 'REGISTER', ['Expires: 600', 'Path: <sip:p1.invalid;lr>']),
  message(
    'MESSAGE sip:alice@example.com;x=y SIP/2.0',
    'MESSAGE',
    ['Content-Type: text/plain'],
    'J\xf6rg says hi\r\n',
  ),
  message('INVITE sip:alice@[2001:db8::1]:5060 SIP/2.0', 'INVITE', ['Content-Type: application/sdp'], body),
  message('SUBSCRIBE sips:alice@example.com SIP/2.0', 'SUBSCRIBE', [
    'o: presence',
    'Record-Route: <sip:a;lr>, <sip:b;lr>',
  ]),
  message('PUBLISH tel:+1-201-555-0123 SIP/2.0', 'PUBLISH', [
    'Event: presence',
    'Subject: folded\r\n\tsubject\r\n  line',
  ]),
  message('INFO sip:alice@example.com SIP/2.0', 'INFO', [
    'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKup, SIP/2.0/TCP up.invalid',
  ]),
  message('ACK sip:alice@example.com SIP/2.0', 'ACK'),
  message('SIP/2.0 200 OK', 'OPTIONS', ['Server: other']),
  (id) =>
    `OPTIONS sip:a@b SIP/2.0\r\nv:SIP/2.0/WSS c.invalid;branch=z9hG4bK${id}\r\nf:sip:b@c;tag=${id}\r\nt:sip:a@b\r\ni:${id}\r\nCSeq:1 OPTIONS\r\nl:0\r\n\r\n`,
];
