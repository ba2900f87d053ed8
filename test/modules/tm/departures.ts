import type { Step } from './scenario.ts';

export interface Departure {
  readonly reason: string;
  /** What is seen here, by the number of the step, counted from 0. */
  readonly steps: Readonly<Record<number, Omit<Step, 'do'>>>;
}

/** Where tsips goes another way on purpose, by `group: rule`. */
export const departures: Readonly<Record<string, Departure>> = {
  'one branch: a retransmitted INVITE gets the last reply again': {
    reason: 'RFC 6026 §7.1: whoever sent the 2xx sends it again by itself.',
    steps: {
      '5': {
        log: ['relay 1'],
      },
    },
  },
  'branch routes: questions in a branch_route': {
    reason: '$T_ruri is there in a branch_route too; OpenSIPS has it behind it only, and logs a bug.',
    steps: {
      '0': {
        log: [
          'check 1',
          'status -1',
          'local 1',
          'cancelled -1',
          'flush 1',
          'code 0 ruri sip:bob@{b} last 0',
          'relay 1',
        ],
        a: ['INVITE 100 Giving it a try'],
        b: ['INVITE sip:bob@{b}'],
      },
    },
  },
  'branch routes: $tm.branch in an onreply_route': {
    reason: 'The variables of a branch are there in its branch_route too, and its type is told rightly.',
    steps: {
      '0': {
        log: ['attr bob uri sip:bob@{b}', 'attr carol uri sip:carol@{c}', 'relay 1'],
        a: ['INVITE 100 Giving it a try'],
        b: ['INVITE sip:bob@{b}'],
        c: ['INVITE sip:carol@{c}'],
      },
      '1': {
        log: [
          'uri sip:carol@{c} first sip:bob@{b} last sip:carol@{c} none <null> duri <null> q  type sip got <null> of 0 <null> attr carol of 0 bob',
          'found 0',
          '-1 <null>',
          '1 1',
        ],
        a: ['INVITE 180 Ringing'],
      },
    },
  },
  'own requests and copies: t_new_request of an INVITE that is taken: the ACK': {
    reason: 'RFC 3261 §13.2.2.4: the ACK to a 2xx goes to its Contact, with a branch of its own.',
    steps: {
      '2': {
        d: [
          'ACK sip:ROW@{d} SIP/2.0\nVia: SIP/2.0/UDP {tm};branch=B2\nTo: <sip:carol@there>;tag=tc\nFrom: <sip:ROW@here>;tag=T1\nCSeq: 10 ACK\nCall-ID: C1\nMax-Forwards: 70\nContent-Length: 0',
        ],
      },
    },
  },
  'timeouts: nobody answers another method': {
    reason: 'RFC 4320 §4.2: no 408 for a request that is no INVITE.',
    steps: {
      '1': {},
    },
  },
  'timeouts: a provisional reply of another method does not help it': {
    reason: 'RFC 4320 §4.2: no 408 for a request that is no INVITE.',
    steps: {
      '3': {},
    },
  },
  'timeouts: a transaction is forgotten behind wt_timer': {
    reason: 'RFC 3261 §17.2.2: over UDP it stays for 64 × T1.',
    steps: {
      '4': {
        log: ['relay 1'],
        a: ['OPTIONS 200 OK'],
      },
    },
  },
  'retransmissions: an INVITE without a reply: T1, 2 T1, then T2': {
    reason: 'RFC 3261 §17.1.1.2: T2 is no bound for an INVITE.',
    steps: {
      '3': {},
    },
  },
  'retransmissions: another method goes on every T2 behind a provisional reply': {
    reason: 'RFC 3261 §17.1.2.2: timer E goes on as it runs, and takes T2 from there on.',
    steps: {
      '2': {
        b: ['OPTIONS sip:bob@{b}'],
      },
    },
  },
  'record routes: record_route in the branch_route of two branches': {
    reason: 'Each branch gets its Record-Route; OpenSIPS gives it to the first alone.',
    steps: {
      '0': {
        log: ['relay 1'],
        a: [
          'SIP/2.0 100 Giving it a try\nVia: SIP/2.0/UDP {a};received=127.0.0.1;branch=B1;rport={a}\nTo: <sip:bob@example.com>\nFrom: "Alice" <sip:alice@example.com>;tag=fa\nCall-ID: ROW@a\nCSeq: 7 INVITE\nContent-Length: 0',
        ],
        b: [
          'INVITE sip:bob@{b} SIP/2.0\nRecord-Route: <sip:{tm};lr;ftag=fa>\nVia: SIP/2.0/UDP {tm};branch=B2\nVia: SIP/2.0/UDP {a};received=127.0.0.1;branch=B1;rport={a}\nMax-Forwards: 70\nFrom: "Alice" <sip:alice@example.com>;tag=fa\nTo: <sip:bob@example.com>\nCall-ID: ROW@a\nCSeq: 7 INVITE\nContact: <sip:alice@{a}>\nContent-Length: 0',
        ],
        c: [
          'INVITE sip:carol@{c} SIP/2.0\nRecord-Route: <sip:{tm};lr;ftag=fa>\nVia: SIP/2.0/UDP {tm};branch=B3\nVia: SIP/2.0/UDP {a};received=127.0.0.1;branch=B1;rport={a}\nMax-Forwards: 70\nFrom: "Alice" <sip:alice@example.com>;tag=fa\nTo: <sip:bob@example.com>\nCall-ID: ROW@a\nCSeq: 7 INVITE\nContact: <sip:alice@{a}>\nContent-Length: 0',
        ],
      },
    },
  },
  'further: $bavp with several values': {
    reason: 'Nothing stands behind the last of several values.',
    steps: {
      '0': {
        log: ['three 2 1 1 three, 2, 1 <null>', 'three, TWO, 1', '<null>'],
        b: ['OPTIONS sip:bob@{b}'],
      },
    },
  },
};
