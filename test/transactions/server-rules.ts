import type { Rule } from './rule.ts';

const busy = `
  alice -> bob    INVITE
  proxy -> alice  100
  bob -> alice    486
  proxy -> bob    ACK`;

/** The server side: what goes back to the caller, RFC 3261 §17.2. */
export const serverRules: readonly Rule[] = [
  {
    name: '§17.2.1: an INVITE is answered with 100 within 200 ms, and that again when it comes again',
    ladder: `
      alice -> bob    INVITE
      proxy -> alice  100
      alice -> proxy  INVITE again
      proxy -> alice  100 INVITE again
      bob -> alice    486
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§17.2.1: an INVITE that comes again is answered with the last provisional response',
    ladder: `
      alice -> bob    INVITE
      proxy -> alice  100
      bob -> alice    180
      alice -> proxy  INVITE again
      proxy -> alice  180 INVITE again
      bob -> alice    183
      alice -> proxy  INVITE again
      proxy -> alice  183 INVITE again
      bob -> alice    486
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§17.2.1: Timer G sends a negative answer again, doubling up to T2, until the ACK',
    ladder: `
      ${busy}
      after 500 ms: proxy -> alice 486 INVITE again
      after 1 s:  proxy -> alice 486 INVITE again
      after 2 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      alice -> proxy  ACK
      after 5 s
      silence`,
  },
  {
    name: '§17.2.1: an INVITE that comes again in Completed is answered with the negative answer',
    ladder: `
      ${busy}
      alice -> proxy  INVITE again
      proxy -> alice  486 INVITE again
      alice -> proxy  ACK`,
  },
  {
    name: '§17.2.1: Timer H: without an ACK the negative answer is given up after 64*T1',
    ladder: `
      ${busy}
      after 500 ms: proxy -> alice 486 INVITE again
      after 1 s:  proxy -> alice 486 INVITE again
      after 2 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 4 s:  proxy -> alice 486 INVITE again
      after 20 s
      silence`,
  },
  {
    name: '§17.2.1: no Timer G over TCP',
    ladder: `
      tina -> bob     INVITE
      proxy -> tina   100
      bob -> tina     486
      proxy -> bob    ACK
      after 3 s
      silence
      tina -> proxy   ACK`,
  },
  {
    name: '§17.2.1: in Confirmed (Timer I) an ACK that comes again is absorbed',
    ladder: `
      ${busy}
      alice -> proxy  ACK
      alice -> proxy  ACK again
      after 1 s
      alice -> proxy  ACK again`,
  },
  {
    name: '§17.2.1: an answer of the proxy’s own is sent again, too',
    ladder: `
      alice -> proxy  INVITE sip:nobody@{domain} with X-Answer: 404
      proxy -> alice  404
      after 500 ms: proxy -> alice 404 INVITE again
      after 1 s: proxy -> alice 404 INVITE again
      alice -> proxy  ACK
      after 3 s
      silence`,
  },
  {
    name: '§17.2.2: a request that comes again in Trying is absorbed',
    ladder: `
      alice -> bob    MESSAGE
      alice -> proxy  MESSAGE again
      alice -> proxy  MESSAGE again
      silence
      bob -> alice    200`,
  },
  {
    name: '§17.2.2: a request that comes again in Completed (Timer J) is answered again and does not pass',
    ladder: `
      alice -> bob    MESSAGE
      bob -> alice    200
      alice -> proxy  MESSAGE again
      proxy -> alice  200 MESSAGE again
      after 3 s
      alice -> proxy  MESSAGE again
      proxy -> alice  200 MESSAGE again`,
  },
  {
    name: '§17.2.2: Timer J takes 64*T1 over datagrams',
    opensips: 'has forgotten the transaction after wt_timer (5 s): the request passes once more',
    ladder: `
      alice -> bob    MESSAGE
      bob -> alice    200
      after 30 s
      alice -> proxy  MESSAGE again
      proxy -> alice  200 MESSAGE again`,
  },
  {
    name: '§17.2.3: another branch is another transaction',
    ladder: `
      alice -> bob    MESSAGE
      bob -> alice    200
      alice -> bob    MESSAGE
      bob -> alice    200`,
  },
  {
    name: 'RFC 4320 §4.1: no provisional response to anything but INVITE',
    ladder: `
      alice -> tom    MESSAGE
      after 2 s
      alice -> proxy  MESSAGE again
      silence
      tom -> alice    200`,
  },
];
