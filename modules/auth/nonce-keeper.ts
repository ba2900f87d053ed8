import { randomInt } from 'node:crypto';
import type { DigestAlgorithm, Logger, Timers } from '../../runtime/module-exports.ts';
import { algorithmNumber, type Qop, qopNumbers } from './challenge-words.ts';
import { createNonceMaker, type NonceFacts } from './nonces.ts';
import { UsedNonces } from './used-nonces.ts';

const COUNTERS = 0x7fff_ffff;

export interface NonceSettings {
  readonly secret: string | undefined;
  /** Seconds. */
  readonly expire: number;
  /** False: a nonce may be used again and again (disable_nonce_check). */
  readonly check: boolean;
  readonly limit: number;
  readonly timers: Timers;
  readonly log: Logger;
}

/** One nonce for each algorithm; a client uses one of them. */
export type Challenge = (algorithm: DigestAlgorithm) => string;

/** What a response tells of its nonce. */
export interface NonceUse {
  readonly nonce: string;
  readonly algorithm: DigestAlgorithm;
  readonly qop: string | undefined;
  /** `nc`. */
  readonly count: string | undefined;
}

export interface NonceKeeper {
  challenge(qop: Qop): Challenge;
  /** What a nonce says where it is of this host, fits the response, has not ended and was not used so. */
  valid(use: NonceUse): NonceFacts | undefined;
  /** Marks it as used; false where another response was faster. */
  spend(facts: NonceFacts, use: NonceUse): boolean;
  /** How many used nonces are remembered. */
  readonly size: number;
}

/**
 * Makes nonces and takes each of them once, or once for each nonce count where there is one.
 * Deviation: OpenSIPS takes a nonce for one response alone and ignores nc, so that a client that counts on is challenged
 * at each request; it takes it again and again in the first nonce_expire seconds after its start. It reserves a place
 * for each challenge, so that whoever asks for 100,000 of them keeps all others out; and it counts a response as a use
 * whose password is wrong.
 */
export function createNonceKeeper(settings: NonceSettings): NonceKeeper {
  const { expire, check, timers, log } = settings;
  const lifetime = expire * 1000;
  const maker = createNonceMaker(settings.secret);
  const clock = wallClock(timers);
  const used = new UsedNonces(settings.limit, clock);
  /** Numbers of other hosts, and of this one before it was started anew, are others. */
  const first = randomInt(1, COUNTERS);
  let made = 0;
  let forgetting = false;
  /** Wakes up while there is something to forget. */
  const forgetLater = () => {
    if (forgetting) return;
    forgetting = true;
    timers.coarse(lifetime, () => {
      forgetting = false;
      used.forgetEnded();
      if (used.size > 0) forgetLater();
    });
  };
  const isOwn = (index: number) => (index - first + COUNTERS) % COUNTERS < made;
  const isOpen = (facts: NonceFacts, use: NonceUse) =>
    check ? isOwn(facts.index) && used.isFresh(facts.index, countOf(use)) : facts.index === 0;

  return {
    challenge(qop) {
      const index = check ? (first + made++) % COUNTERS : 0;
      const expires = clock() + lifetime;
      return (algorithm) =>
        maker.make({ index, qop: qopNumbers[qop], algorithm: algorithmNumber(algorithm), expires });
    },
    valid(use) {
      const facts = maker.read(use.nonce);
      if (!facts || !fits(facts, use)) return undefined;
      const left = facts.expires - clock();
      return left > 0 && left <= lifetime && isOpen(facts, use) ? facts : undefined;
    },
    spend(facts, use) {
      if (!check) return true;
      const outcome = used.use(facts.index, countOf(use), facts.expires);
      if (outcome === 'full') log.error('check_nonce', 'max_used_nonces are in use, no more can be taken');
      else forgetLater();
      return outcome === true;
    },
    get size() {
      return used.size;
    },
  };
}

/** Milliseconds since the epoch that no change of the system's time moves. */
function wallClock(timers: Timers): () => number {
  const offset = Date.now() - timers.now();
  return () => timers.now() + offset;
}

/** The algorithm is the challenge's; qop is among those offered, and without one it means `auth` (RFC 8760 §2.6). */
function fits(facts: NonceFacts, { algorithm, qop }: NonceUse): boolean {
  if (facts.algorithm !== algorithmNumber(algorithm)) return false;
  const offered = facts.qop;
  const given =
    qop === undefined ? (offered === qopNumbers.none ? 'none' : 'auth') : qop.trim().toLowerCase();
  if (given === 'none') return offered === qopNumbers.none && qop === undefined;
  if (given !== 'auth' && given !== 'auth-int') return false;
  const both = offered === qopNumbers['auth,auth-int'] || offered === qopNumbers['auth-int,auth'];
  return both || offered === qopNumbers[given];
}

/** Undefined for a response that brings none: it uses the nonce up. */
function countOf({ qop, count }: NonceUse): number | undefined {
  return qop !== undefined && count !== undefined && /^[\da-f]{1,8}$/i.test(count)
    ? Number.parseInt(count, 16)
    : undefined;
}
