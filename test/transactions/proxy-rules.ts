import type { Rule } from './rule.ts';

const forked = `
  alice -> bob    INVITE with X-Branch: {carl.contact}
  proxy -> carl   INVITE
  proxy -> alice  100`;

const ringing = `
  alice -> bob    INVITE
  proxy -> alice  100
  bob -> alice    180`;

/** All branches have failed: which answer goes back. */
function best(first: string, second: string, answer: string): string {
  return `
    ${forked}
    bob -> proxy    ${first}
    proxy -> bob    ACK
    carl -> proxy   ${second}
    proxy -> carl   ACK
    proxy -> alice  ${answer} INVITE
    alice -> proxy  ACK`;
}

/** The proxy between both, RFC 3261 §16.7 to §16.10. */
export const proxyRules: readonly Rule[] = [
  { name: '§16.7: the lowest class is the best: 4xx before 5xx', ladder: best('500', '404', '404') },
  { name: '§16.7: the lowest class is the best: 3xx before 4xx', ladder: best('486', '302', '302') },
  { name: '§16.7: within 4xx, 401, 407, 415, 420 and 484 are preferred', ladder: best('404', '484', '484') },
  { name: '§16.7: within 4xx, 407 is preferred', ladder: best('486', '407', '407') },
  { name: '§16.7: a 503 goes back as 500', ladder: best('503', '503', '500') },
  { name: '§16.7: a 503 is not the best where there is another 5xx', ladder: best('503', '501', '501') },
  {
    name: '§16.7: a 503 of the only branch goes back as 500',
    ladder: `
      alice -> bob    INVITE
      proxy -> alice  100
      bob -> proxy    503
      proxy -> bob    ACK
      proxy -> alice  500 INVITE
      alice -> proxy  ACK`,
  },
  {
    name: '§16.7: a 6xx cancels the others and goes back when they have ended',
    ladder: `
      ${forked}
      carl -> alice   180
      bob -> proxy    603
      proxy -> bob    ACK
      proxy -> carl   CANCEL
      carl -> proxy   200 CANCEL
      carl -> proxy   487 INVITE
      proxy -> carl   ACK
      proxy -> alice  603 INVITE
      alice -> proxy  ACK`,
  },
  {
    name: '§16.7: a 6xx is better than all others',
    ladder: best('404', '600', '600'),
  },
  {
    name: '§16.7: the challenges of all 401 and 407 go back together',
    opensips: 'sends those of the best reply alone',
    ladder: `
      ${forked}
      bob -> proxy    401 with WWW-Authenticate: Digest realm="one", nonce="1"
      proxy -> bob    ACK
      carl -> proxy   407 with Proxy-Authenticate: Digest realm="two", nonce="2"
      proxy -> carl   ACK
      proxy -> alice  401 INVITE with WWW-Authenticate: realm="one" with Proxy-Authenticate: realm="two"
      alice -> proxy  ACK`,
  },
  {
    name: '§16.7: every 2xx to INVITE goes back at once',
    ladder: `
      ${forked}
      bob -> alice    180
      carl -> alice   180
      bob -> alice    200
      proxy -> carl   CANCEL
      carl -> alice   200 INVITE
      carl -> proxy   481 CANCEL
      alice -> bob    ACK
      alice -> carl   ACK`,
  },
  {
    name: '§16.7: of anything but INVITE one final response goes back',
    ladder: `
      alice -> bob    MESSAGE with X-Branch: {carl.contact}
      proxy -> carl   MESSAGE
      bob -> alice    200
      carl -> proxy   200`,
  },
  {
    name: '§16.7: a negative answer waits for the other branches',
    ladder: `
      ${forked}
      carl -> alice   180
      bob -> proxy    486
      proxy -> bob    ACK
      after 5 s
      silence
      carl -> alice   200
      alice -> carl   ACK`,
  },
  {
    name: '§16.7: provisional responses of all branches go back',
    ladder: `
      ${forked}
      bob -> alice    180
      carl -> alice   183
      bob -> alice    183
      carl -> alice   180
      bob -> proxy    486
      proxy -> bob    ACK
      carl -> alice   486
      proxy -> carl   ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§16.7: of a branch that was silent the best response counts as 408',
    ladder: `
      alice -> bob    INVITE with X-Branch: {tom.contact}
      proxy -> tom    INVITE
      proxy -> alice  100
      bob -> proxy    503
      proxy -> bob    ACK
      after 32 s: proxy -> alice 408
      alice -> proxy  ACK`,
  },
  {
    name: '§16.8: Timer C is more than three minutes, and each provisional but 100 begins it anew',
    ladder: `
      ${ringing}
      after 170 s
      bob -> alice    180
      after 170 s
      bob -> alice    183
      after 181 s: proxy -> bob CANCEL
      bob -> proxy    200 CANCEL
      bob -> proxy    487 INVITE
      proxy -> bob    ACK
      proxy -> alice  408 INVITE
      alice -> proxy  ACK`,
  },
  {
    name: '§16.9: a branch that cannot be sent counts as 503, the others go on',
    ladder: `
      alice -> bob    INVITE with X-Branch: <sip:gone@127.0.0.1:1;transport=tcp>
      proxy -> alice  100
      bob -> alice    486
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§16.10: CANCEL is answered 200 and goes to each branch that has rung',
    ladder: `
      ${forked}
      bob -> alice    180
      carl -> alice   180
      alice -> proxy  CANCEL
      proxy -> alice  200 CANCEL
      proxy -> bob    CANCEL
      proxy -> carl   CANCEL
      bob -> proxy    200 CANCEL
      carl -> proxy   200 CANCEL
      bob -> proxy    487 INVITE
      proxy -> bob    ACK
      carl -> alice   487 INVITE
      proxy -> carl   ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§16.10: a CANCEL without a transaction finds none',
    ladder: `
      alice -> bob    INVITE
      proxy -> alice  100
      bob -> alice    486
      proxy -> bob    ACK
      alice -> proxy  ACK
      after 40 s
      alice -> proxy  CANCEL
      proxy -> alice  481 CANCEL`,
  },
  {
    name: '§9.1: no CANCEL goes out before a provisional response has come, and then it does',
    ladder: `
      alice -> bob    INVITE
      proxy -> alice  100
      alice -> proxy  CANCEL
      proxy -> alice  200 CANCEL
      silence
      bob -> alice    180 INVITE
      proxy -> bob    CANCEL
      bob -> proxy    200 CANCEL
      bob -> alice    487 INVITE
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§9.1: CANCEL is sent again by Timer E, as any request',
    ladder: `
      ${ringing}
      alice -> proxy  CANCEL
      proxy -> alice  200 CANCEL
      proxy -> bob    CANCEL
      after 500 ms: proxy -> bob CANCEL again
      after 1 s: proxy -> bob CANCEL again
      bob -> proxy    200 CANCEL
      bob -> alice    487 INVITE
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§9.1: a callee that takes the CANCEL and does not end its INVITE is given up after 64*T1',
    opensips: 'gives it up when fr_inv_timeout is over',
    ladder: `
      ${ringing}
      alice -> proxy  CANCEL
      proxy -> alice  200 CANCEL
      proxy -> bob    CANCEL
      bob -> proxy    200 CANCEL
      after 32 s: proxy -> alice 487 INVITE
      alice -> proxy  ACK`,
  },
  {
    name: '§9.2: a CANCEL that comes again is answered again and does not pass again',
    ladder: `
      ${ringing}
      alice -> proxy  CANCEL
      proxy -> alice  200 CANCEL
      proxy -> bob    CANCEL
      bob -> proxy    200 CANCEL
      alice -> proxy  CANCEL again
      proxy -> alice  200 CANCEL
      bob -> alice    487 INVITE
      proxy -> bob    ACK
      alice -> proxy  ACK`,
  },
  {
    name: '§9.2: a CANCEL behind a final response changes nothing',
    ladder: `
      alice -> bob    INVITE
      proxy -> alice  100
      bob -> alice    200
      alice -> bob    ACK
      alice -> proxy  CANCEL
      proxy -> alice  200 CANCEL
      silence`,
  },
  {
    name: '§9.1: a 200 that crosses the CANCEL goes back',
    ladder: `
      ${ringing}
      alice -> proxy  CANCEL
      proxy -> alice  200 CANCEL
      proxy -> bob    CANCEL
      bob -> alice    200 INVITE
      bob -> proxy    200 CANCEL
      alice -> bob    ACK`,
  },
];
