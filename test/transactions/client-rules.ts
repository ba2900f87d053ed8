import type { Rule } from './rule.ts';

const called = `
  alice -> bob    INVITE
  proxy -> alice  100`;

const ringing = `
  ${called}
  bob -> alice    180`;

/** The client side: what goes on to the callee, RFC 3261 §17.1. */
export const clientRules: readonly Rule[] = [
  {
    name: '§17.1.1.2: Timer A doubles from T1 on, Timer B ends with 408',
    opensips: 'T2 bounds Timer A, too',
    ladder: `
      ${called}
      after 500 ms: proxy -> bob INVITE again
      after 1 s:  proxy -> bob INVITE again
      after 2 s:  proxy -> bob INVITE again
      after 4 s:  proxy -> bob INVITE again
      after 8 s:  proxy -> bob INVITE again
      after 16 s: proxy -> bob INVITE again
      after 500 ms: proxy -> alice 408
      alice -> proxy  ACK`,
  },
  {
    name: '§17.1.1.2: a provisional ends Timer A',
    ladder: `
      ${called}
      after 500 ms: proxy -> bob INVITE again
      bob -> proxy    100
      after 20 s
      silence
      bob -> alice    486
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§17.1.1.2: no Timer A over TCP, Timer B there too',
    ladder: `
      alice -> tom    INVITE
      proxy -> alice  100
      after 32 s: proxy -> alice 408
      alice -> proxy  ACK`,
  },
  {
    name: '§17.1.1.2: provisional responses pass, 100 does not',
    ladder: `
      ${called}
      bob -> proxy    100
      bob -> alice    180
      bob -> alice    183
      bob -> alice    180
      bob -> alice    486
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§17.1.1.2: a negative answer that comes again (Timer D) is acknowledged again and does not pass',
    ladder: `
      ${ringing}
      bob -> alice    486
      proxy -> bob    ACK
      alice -> proxy  ACK
      bob -> proxy    486 INVITE again
      proxy -> bob    ACK again
      after 3 s
      bob -> proxy    486 INVITE again
      proxy -> bob    ACK again`,
  },
  {
    name: '§17.1.2.2: Timer E doubles up to T2',
    ladder: `
      alice -> bob    MESSAGE
      after 500 ms: proxy -> bob MESSAGE again
      after 1 s:  proxy -> bob MESSAGE again
      after 2 s:  proxy -> bob MESSAGE again
      after 4 s:  proxy -> bob MESSAGE again
      after 4 s:  proxy -> bob MESSAGE again
      bob -> alice    200
      after 5 s
      silence`,
  },
  {
    name: '§17.1.2.2: in Proceeding Timer E takes T2 each time that it fires',
    opensips: 'waits T2 from the provisional response on',
    ladder: `
      alice -> bob    MESSAGE
      bob -> proxy    100
      after 500 ms: proxy -> bob MESSAGE again
      after 4 s:  proxy -> bob MESSAGE again
      after 4 s:  proxy -> bob MESSAGE again
      bob -> alice    200`,
  },
  {
    name: '§17.1.2.2: no Timer E over TCP',
    ladder: `
      alice -> tom    MESSAGE
      after 10 s
      silence
      tom -> alice    200`,
  },
  {
    name: '§17.1.2.2: a final response that comes again (Timer K) does not pass again',
    ladder: `
      alice -> bob    MESSAGE
      bob -> alice    200
      bob -> proxy    200 MESSAGE again
      after 1 s
      bob -> proxy    200 MESSAGE again`,
  },
  {
    name: 'RFC 4320 §4.2: Timer F tells the caller of no 408',
    opensips: 'answers 408',
    ladder: `
      alice -> tom    MESSAGE
      after 40 s
      silence`,
  },
];
