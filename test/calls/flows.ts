/** What callers do with a residential proxy: ladders of alice, bob, and bob's second phone; see Step for their lines. */

const register = `
  bob -> proxy      REGISTER with Expires: 600
  proxy -> bob      200 with Contact: {bob.contact};expires=600`;

const answered = `
  alice -> bob      INVITE
  proxy -> alice    100
  bob -> alice      180
  bob -> alice      200
  alice -> bob      ACK`;

const answeredByAlice = `
  bob -> alice      INVITE
  proxy -> bob      100
  alice -> bob      180
  alice -> bob      200
  bob -> alice      ACK`;

const negative = (status: number) => `
  alice -> bob      INVITE
  proxy -> alice    100
  bob -> alice      ${status}
  proxy -> bob      ACK
  alice -> proxy    ACK`;

/** Of two phones that are registered, each with a contact of its own. */
export const flows: Readonly<Record<string, string>> = {
  'REGISTER, and again for a longer time': `
    ${register}
    bob -> proxy      REGISTER with Expires: 1200
    proxy -> bob      200 with Contact: {bob.contact};expires=1200`,
  'REGISTER without a Contact asks what is there': `
    bob -> proxy      REGISTER with Contact: {bob.contact};expires=300
    proxy -> bob      200 with Contact: {bob.contact};expires=300`,
  'un-REGISTER, then nobody is found': `
    bob -> proxy      REGISTER with Expires: 0
    proxy -> bob      200
    alice -> proxy    INVITE {bob}
    proxy -> alice    404
    alice -> proxy    ACK
    ${register}`,
  'un-REGISTER of all': `
    bob -> proxy      REGISTER with Contact: * with Expires: 0
    proxy -> bob      200
    alice -> proxy    MESSAGE {bob} "are you there?"
    proxy -> alice    404
    ${register}`,
  'INVITE – 100 – 180 – 200 – ACK – BYE by the caller': `
    ${answered}
    alice -> bob      BYE
    bob -> alice      200`,
  'BYE by the callee': `
    ${answered}
    bob -> alice      BYE
    alice -> bob      200`,
  'the callee calls back': `
    ${answeredByAlice}
    bob -> alice      BYE
    alice -> bob      200`,
  'the callee calls back, BYE by the other': `
    ${answeredByAlice}
    alice -> bob      BYE
    bob -> alice      200`,
  'early media: 183, then 200': `
    alice -> bob      INVITE
    proxy -> alice    100
    bob -> alice      183
    bob -> alice      200
    alice -> bob      ACK
    alice -> bob      BYE
    bob -> alice      200`,
  'CANCEL → 487': `
    alice -> bob      INVITE
    proxy -> alice    100
    bob -> alice      180
    alice -> proxy    CANCEL
    proxy -> alice    200 CANCEL
    proxy -> bob      CANCEL
    bob -> proxy      200 CANCEL
    bob -> alice      487 INVITE
    proxy -> bob      ACK
    alice -> proxy    ACK`,
  'CANCEL before the callee rings goes to it as soon as it does': `
    alice -> bob      INVITE
    proxy -> alice    100
    alice -> proxy    CANCEL
    proxy -> alice    200 CANCEL
    bob -> proxy      180 INVITE
    proxy -> alice    180 INVITE
    proxy -> bob      CANCEL
    bob -> proxy      200 CANCEL
    bob -> alice      487 INVITE
    proxy -> bob      ACK
    alice -> proxy    ACK`,
  'busy: 486': negative(486),
  'declined: 603': negative(603),
  'not available: 480': negative(480),
  'moved: 302 goes to the caller with its Contact': `
    alice -> bob      INVITE
    proxy -> alice    100
    bob -> alice      302 with Contact: <sip:bob@elsewhere.example>
    proxy -> bob      ACK
    alice -> proxy    ACK`,
  'unknown: 404': `
    alice -> proxy    INVITE sip:nobody@{domain}
    proxy -> alice    404
    alice -> proxy    ACK`,
  'MESSAGE both ways': `
    alice -> bob      MESSAGE "grüß dich"
    bob -> alice      200
    bob -> alice      MESSAGE "привет, 世界"
    alice -> bob      200`,
  'OPTIONS to a phone': `
    alice -> bob      OPTIONS
    bob -> alice      200 with Accept: application/sdp`,
  'hold by re-INVITE from either side': `
    ${answered}
    alice -> bob      INVITE
    proxy -> alice    100
    bob -> alice      200
    alice -> bob      ACK
    bob -> alice      INVITE
    proxy -> bob      100
    alice -> bob      200
    bob -> alice      ACK
    alice -> bob      BYE
    bob -> alice      200`,
  'a re-INVITE that is refused leaves the call as it was': `
    ${answered}
    alice -> bob      INVITE
    proxy -> alice    100
    bob -> alice      488
    proxy -> bob      ACK
    alice -> proxy    ACK
    alice -> bob      BYE
    bob -> alice      200`,
  'INFO within a call': `
    ${answered}
    alice -> bob      INFO "Signal=5"
    bob -> alice      200
    bob -> alice      INFO "Signal=6"
    alice -> bob      200
    alice -> bob      BYE
    bob -> alice      200`,
  'a BYE that crosses one': `
    ${answered}
    alice -> bob      BYE
    bob -> alice      BYE
    bob -> alice      200
    alice -> bob      481`,
  'a late ACK: the 200 that is sent again passes, and the ACK behind it': `
    alice -> bob      INVITE
    proxy -> alice    100
    bob -> alice      200
    bob -> alice      200 INVITE again
    bob -> alice      200 INVITE again
    alice -> bob      ACK
    alice -> bob      BYE
    bob -> alice      200`,
  'Max-Forwards of 0 ends here': `
    alice -> proxy    OPTIONS {bob} with Max-Forwards: 0
    proxy -> alice    483`,
};

const bothRing = `
  tablet -> proxy   REGISTER
  proxy -> tablet   200
  alice -> bob      INVITE
  proxy -> tablet   INVITE
  proxy -> alice    100
  bob -> alice      180
  tablet -> alice   180`;

const tabletLeaves = `
  tablet -> proxy   REGISTER with Expires: 0
  proxy -> tablet   200`;

/** Parallel forking: bob is registered by two phones. */
export const forks: Readonly<Record<string, string>> = {
  'one answers, the other gets CANCEL': `
    ${bothRing}
    tablet -> alice   200 INVITE
    proxy -> bob      CANCEL
    bob -> proxy      200 CANCEL
    bob -> proxy      487 INVITE
    proxy -> bob      ACK
    alice -> tablet   ACK
    alice -> tablet   BYE
    tablet -> alice   200
    ${tabletLeaves}`,
  'both answer: both 200 go to the caller': `
    ${bothRing}
    tablet -> alice   200 INVITE
    proxy -> bob      CANCEL
    bob -> alice      200 INVITE
    bob -> proxy      200 CANCEL
    alice -> tablet   ACK
    alice -> bob      ACK
    alice -> bob      BYE
    bob -> alice      200
    alice -> tablet   BYE
    tablet -> alice   200
    ${tabletLeaves}`,
  'one is busy, the other answers': `
    ${bothRing}
    bob -> proxy      486 INVITE
    proxy -> bob      ACK
    tablet -> alice   200 INVITE
    alice -> tablet   ACK
    tablet -> alice   BYE
    alice -> tablet   200
    ${tabletLeaves}`,
  'CANCEL goes to both': `
    ${bothRing}
    alice -> proxy    CANCEL
    proxy -> alice    200 CANCEL
    proxy -> bob      CANCEL
    proxy -> tablet   CANCEL
    bob -> proxy      200 CANCEL
    tablet -> proxy   200 CANCEL
    bob -> proxy      487 INVITE
    proxy -> bob      ACK
    tablet -> alice   487 INVITE
    proxy -> tablet   ACK
    alice -> proxy    ACK
    ${tabletLeaves}`,
  'both are busy: one 486': `
    ${bothRing}
    bob -> proxy      486 INVITE
    proxy -> bob      ACK
    tablet -> alice   486 INVITE
    proxy -> tablet   ACK
    alice -> proxy    ACK
    ${tabletLeaves}`,
  'one declines for all (603): the other gets CANCEL': `
    ${bothRing}
    bob -> proxy      603 INVITE
    proxy -> bob      ACK
    proxy -> tablet   CANCEL
    tablet -> proxy   200 CANCEL
    tablet -> proxy   487 INVITE
    proxy -> tablet   ACK
    proxy -> alice    603 INVITE
    alice -> proxy    ACK
    ${tabletLeaves}`,
};

/** Nobody answers: fr_timeout of 5 and fr_inv_timeout of 30 seconds. Bob's phone speaks UDP. */
export const unanswered: Readonly<Record<string, string>> = {
  'nobody answers at all: 408 after fr_timeout': `
    alice -> bob      INVITE
    proxy -> alice    100
    after 500 ms: proxy -> bob INVITE again
    after 1 s:    proxy -> bob INVITE again
    after 2 s:    proxy -> bob INVITE again
    after 1500 ms: proxy -> alice 408
    alice -> proxy    ACK`,
  'it rings and nobody answers: 408 after fr_inv_timeout, CANCEL to the callee': `
    alice -> bob      INVITE
    proxy -> alice    100
    bob -> alice      180
    after 30 s: proxy -> bob CANCEL
    bob -> proxy      200 CANCEL
    bob -> proxy      487 INVITE
    proxy -> bob      ACK
    proxy -> alice    408 INVITE
    alice -> proxy    ACK`,
};
