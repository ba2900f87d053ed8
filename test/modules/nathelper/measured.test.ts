import { type Departure, measuredScripts } from '../measured-scripts.ts';

/** The request of the rows as it goes on, with other contacts, or with SDP. */
function sent(contact: string, sdp?: readonly string[]): string {
  const body = sdp?.join('\r\n') ?? '';
  return [
    'INVITE sip:bob@example.com SIP/2.0',
    'Via: SIP/2.0/UDP 127.0.0.7:40000;branch=z9hG4bK1',
    'From: <sip:alice@a.example>;tag=1',
    'To: <sip:bob@b.example>',
    'Call-ID: one',
    'CSeq: 1 INVITE',
    contact,
    ...(sdp ? ['Content-Type: application/sdp'] : []),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

/** The description of the rows with other addresses, and with more lines. */
function sdp(
  { origin = '10.0.0.1', media = '127.0.0.7', end = '\r\n' },
  ...more: readonly string[]
): Departure {
  const lines = ['v=0', `o=- 1 1 IN IP4 ${origin}`, 's=-', `c=IN IP4 ${media}`, 't=0 0'];
  lines.push('m=audio 4000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', 'm=video 4002 RTP/AVP 31');
  lines.push(`c=IN IP4 ${media}`, 'a=sendrecv', ...more);
  const body = lines.join('\r\n') + end;
  return { sent: sent('Contact: <sip:alice@127.0.0.7:40000>', [body]), reason: '' };
}

const old = ['a=oldcip:10.0.0.2', 'a=oldcip:10.0.0.3'];
const added = ['a=nortpproxy:yes', 'a=direction:active', 'a=oldoip:10.0.0.1', ...old];
const noQuotes = 'a URI has no quotes (RFC 3261 §25.1)';
const received = 'received=sip:127.0.0.7:40000';

const always: Readonly<Record<string, Departure>> = {
  'add_rcv_param(1): Contact: <sip:alice@10.0.0.1:5060>': {
    sent: sent(`Contact: <sip:alice@10.0.0.1:5060;${received}>`),
    reason: noQuotes,
  },
  'add_rcv_param(1): Contact: <sip:alice@10.0.0.1:5060>;expires=60': {
    sent: sent(`Contact: <sip:alice@10.0.0.1:5060;${received}>;expires=60`),
    reason: noQuotes,
  },
  'add_rcv_param(1): Contact: "A" <sip:a@10.0.0.1>;q=1 , <sip:b@10.0.0.2;lr>': {
    sent: sent(`Contact: "A" <sip:a@10.0.0.1;${received}>;q=1 , <sip:b@10.0.0.2;lr;${received}>`),
    reason: noQuotes,
  },
  'fix_nated_sdp without a last line end': {
    ...sdp({ origin: '127.0.0.7', end: '' }, ...added),
    reason: 'OpenSIPS loses what stands behind the last byte of a message',
  },
  'fix_nated_sdp of the same address twice': {
    ...sdp({}, ...old),
    reason: 'OpenSIPS writes one address behind the other',
  },
  'fix_nated_sdp of another address the second time': {
    ...sdp({ media: '192.0.2.99' }, ...old),
    reason: 'OpenSIPS writes one address behind the other',
  },
};

measuredScripts('nathelper', {
  ...always,
  'nat_uac_test: carrier-grade-nat in a later message': {
    lines: ['true'],
    reason: 'OpenSIPS forgets the network with the first test without the flag',
  },
  'fix_nated_sdp with an empty address': {
    ...sdp({}, ...old),
    reason: 'OpenSIPS writes no address at all',
  },
});

measuredScripts(
  'nathelper',
  {
    ...always,
    'nat_uac_test: Contact 10.1': {
      lines: ['diff-ip-src-contact', 'diff-port-src-contact'],
      reason: 'an address has four numbers; OpenSIPS reads it as 10.0.0.1 up to 2.4',
    },
  },
  'measured-2.4.json',
);
