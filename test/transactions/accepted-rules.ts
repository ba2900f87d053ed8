import type { Rule } from './rule.ts';

const answered = `
  alice -> bob    INVITE
  proxy -> alice  100
  bob -> alice    200`;

/** The states Accepted of both sides, RFC 6026. */
export const acceptedRules: readonly Rule[] = [
  {
    name: 'RFC 6026 §7.2: a 2xx that comes again passes',
    ladder: `
      ${answered}
      bob -> alice    200 INVITE again
      after 500 ms
      bob -> alice    200 INVITE again
      after 3 s
      bob -> alice    200 INVITE again
      alice -> bob    ACK`,
  },
  {
    name: 'RFC 6026 §7.1: the proxy itself sends no 2xx again',
    ladder: `
      ${answered}
      after 4 s
      silence
      alice -> bob    ACK`,
  },
  {
    name: 'RFC 6026 §7.1: an INVITE that comes again in Accepted is absorbed',
    opensips: 'sends the 2xx once more',
    ladder: `
      ${answered}
      alice -> proxy  INVITE again
      silence
      alice -> bob    ACK`,
  },
  {
    name: 'RFC 6026 §7.1: an ACK of a 2xx passes each time it comes',
    ladder: `
      ${answered}
      alice -> bob    ACK
      alice -> bob    ACK again
      after 1 s
      alice -> bob    ACK again`,
  },
  {
    name: 'RFC 6026 §7.1: Timer L takes 64*T1: an INVITE that comes again is absorbed for so long',
    opensips: 'has forgotten the transaction after wt_timer (5 s): the INVITE passes as another call',
    ladder: `
      ${answered}
      alice -> bob    ACK
      after 30 s
      alice -> proxy  INVITE again
      silence`,
  },
  {
    name: 'RFC 6026 §7.2: Timer M takes 64*T1: a 2xx that comes again passes for so long',
    opensips: 'has forgotten the transaction after wt_timer (5 s), and passes no 2xx without one',
    ladder: `
      ${answered}
      alice -> bob    ACK
      after 30 s
      bob -> alice    200 INVITE again
      alice -> bob    ACK again`,
  },
  {
    name: 'RFC 6026 §8.6: a 2xx without a transaction is not passed on',
    ladder: `
      ${answered}
      alice -> bob    ACK
      after 100 s
      bob -> proxy    200 INVITE again
      silence`,
  },
  {
    name: 'RFC 6026 §8: another 2xx of a branch (a fork further down) passes',
    ladder: `
      ${answered}
      bob -> alice    200 INVITE with X-Leg: second
      alice -> bob    ACK`,
  },
];
