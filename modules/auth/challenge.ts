import type {
  Command,
  DigestAlgorithm,
  FoundCredentials,
  Logger,
  PreparedArgument,
  RoutingTools,
  ScriptRun,
  SipTools,
} from '../../runtime/module-exports.ts';
import { type Qop, readAlgorithms, readQop } from './challenge-words.ts';
import type { NonceKeeper } from './nonce-keeper.ts';
import { realmOf } from './realm.ts';

interface ChallengeTools {
  readonly sip: SipTools;
  readonly routing: RoutingTools;
  readonly log: Logger;
  readonly nonces: NonceKeeper;
  readonly realmPrefix: string;
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

interface ChallengeKind {
  readonly code: number;
  readonly reason: string;
  /** The header of the challenge, and the one that answers it. */
  readonly asks: string;
  readonly answer: FoundCredentials['header'];
}

/** RFC 3261 §22.2 and §22.3. */
export const challengeKinds = {
  www: { code: 401, reason: 'Unauthorized', asks: 'WWW-Authenticate', answer: 'Authorization' },
  proxy: {
    code: 407,
    reason: 'Proxy Authentication Required',
    asks: 'Proxy-Authenticate',
    answer: 'Proxy-Authorization',
  },
} as const satisfies Record<string, ChallengeKind>;

/** What is offered; what the script writes itself is read once. */
interface Offer {
  readonly qop: Qop;
  /** Empty: MD5, which is not named. */
  readonly algorithms: readonly DigestAlgorithm[];
}

/** Answers 0, which ends the script; -1 where nothing was sent. Errors at the start: words that are none. */
export function challengeCommand(tools: ChallengeTools, kind: ChallengeKind): Command {
  return {
    prepare([realm, qop, algorithms]) {
      const offerOf = prepareOffer(qop, algorithms, tools);
      return (run) => challenge(run, String(realm?.evaluate(run) ?? ''), offerOf(run), tools, kind);
    },
  };
}

function prepareOffer(
  qop: PreparedArgument | undefined,
  algorithms: PreparedArgument | undefined,
  { sip, log }: ChallengeTools,
): (run: ScriptRun) => Offer | undefined {
  const read = (qopText: unknown, algorithmsText: unknown): Offer => {
    const named = readAlgorithms(String(algorithmsText ?? ''), sip.digest.algorithm);
    const asked = readQop(String(qopText ?? ''));
    // What RFC 8760 added comes with qop always.
    return { qop: named.length > 0 && asked === 'none' ? 'auth' : asked, algorithms: named };
  };
  if (qop?.constant !== undefined && algorithms?.constant !== undefined) {
    const fixed = read(qop.constant, algorithms.constant);
    return () => fixed;
  }
  return (run) => {
    try {
      return read(qop?.evaluate(run), algorithms?.evaluate(run));
    } catch (error) {
      log.error('fixup_qop', error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
}

function challenge(
  run: ScriptRun,
  givenRealm: string,
  offer: Offer | undefined,
  tools: ChallengeTools,
  kind: ChallengeKind,
): number {
  const { log, sip, nonces } = tools;
  if (!offer) return -1;
  const realm = givenRealm || realmOf(run, kind.answer, tools);
  if (realm === undefined) return tools.reply(run, 400, 'Bad Request') ? 0 : -1;
  if (!isWritable(realm)) {
    log.error('challenge', 'a realm holds no quotes and no line ends');
    return -1;
  }
  const stale = sip.digest.found(run, kind.answer)?.stale ?? false;
  const nonceFor = nonces.challenge(offer.qop);
  const lines =
    offer.algorithms.length === 0
      ? challengeLine(kind.asks, realm, nonceFor('MD5'), offer.qop, stale)
      : offer.algorithms
          .map((name) => challengeLine(kind.asks, realm, nonceFor(name), offer.qop, stale, name))
          .join('');
  run.message.edits.appendToReply(lines);
  if (tools.reply(run, kind.code, kind.reason)) return 0;
  log.error('challenge', 'failed to send the response');
  return -1;
}

/** Stands between quotes as it is. */
function isWritable(realm: string): boolean {
  return !/["\\\r\n\0]/.test(realm);
}

/**
 * The order of the fields is OpenSIPS's. Deviation: the words of qop stand as the script writes them; OpenSIPS turns two of
 * them round, and some clients take the first they find.
 */
function challengeLine(
  name: string,
  realm: string,
  nonce: string,
  qop: Qop,
  stale: boolean,
  algorithm?: DigestAlgorithm,
): string {
  const fields = [`realm="${realm}"`, `nonce="${nonce}"`];
  if (qop !== 'none') fields.push(`qop="${qop}"`);
  if (stale) fields.push('stale=true');
  if (algorithm) fields.push(`algorithm=${algorithm}`);
  return `${name}: Digest ${fields.join(', ')}\r\n`;
}
