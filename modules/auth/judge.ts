import type {
  DigestAlgorithm,
  FoundCredentials,
  Logger,
  RoutingTools,
  ScriptRun,
  SipTools,
} from '../../runtime/module-exports.ts';
import type { NonceKeeper, NonceUse } from './nonce-keeper.ts';
import { realmOf } from './realm.ts';

/** What functions answer; 0 ends the script, because a reply was sent. */
export const outcomes = {
  accepted: 1,
  replied: 0,
  unknownUser: -1,
  wrongPassword: -2,
  staleNonce: -3,
  noCredentials: -4,
} as const;

/** Credentials whose nonce is good, for whoever knows the password of their user. */
export interface Asked {
  readonly realm: string;
  /** As in the credentials, with its domain where it has one. */
  readonly username: string;
  readonly algorithm: DigestAlgorithm;
}

/** H(user:realm:password); `unknown`: there is no such user, `failed`: it could not be looked up. */
export type Ha1 = { readonly ha1: string } | 'unknown' | 'failed';
export type Ha1Of = (asked: Asked) => Ha1 | Promise<Ha1>;

interface JudgeTools {
  readonly sip: SipTools;
  readonly routing: RoutingTools;
  readonly log: Logger;
  readonly nonces: NonceKeeper;
  readonly realmPrefix: string;
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

type Header = FoundCredentials['header'];

/** Judges the credentials of a realm in a header; '' is the realm of the request. */
export type Authorize = (
  run: ScriptRun,
  realm: string,
  header: Header,
  ha1Of: Ha1Of,
) => number | Promise<number>;

/** RFC 3261 §22.1, RFC 7616 §3.4.6. ACK and CANCEL cannot be challenged and pass (§22.1). */
export function createJudge(tools: JudgeTools): Authorize {
  const { sip, log, nonces } = tools;
  const reply = (run: ScriptRun, code: 400 | 500): number => {
    const reason = code === 400 ? 'Bad Request' : 'Server Internal Error';
    if (!tools.reply(run, code, reason)) log.error('send_resp', `failed to send ${code} reply`);
    return outcomes.replied;
  };

  return (run, givenRealm, header, ha1Of) => {
    const { method } = run.message;
    if (method === 'ACK' || method === 'CANCEL') return outcomes.accepted;
    const realm = givenRealm || realmOf(run, header, tools);
    if (realm === undefined) return reply(run, 400);
    const found = findCredentials(run, realm, header, tools);
    if (found === 'malformed') return reply(run, 400);
    if (!found) return outcomes.noCredentials;
    const use = readUse(found, sip);
    if (!use) return reply(run, 400);
    sip.digest.keep(run, found);
    const facts = nonces.valid(use);
    if (!facts) return staleNonce(found);
    const username = found.fields.get('username') ?? '';
    const decide = (known: Ha1): number => {
      if (known === 'failed') return reply(run, 500);
      if (known === 'unknown') return outcomes.unknownUser;
      if (!isRight(run, found, use, known.ha1, sip)) return outcomes.wrongPassword;
      if (!nonces.spend(facts, use)) return staleNonce(found);
      found.accepted = true;
      return outcomes.accepted;
    };
    const known = ha1Of({ realm, username, algorithm: use.algorithm });
    return known instanceof Promise ? known.then(decide) : decide(known);
  };
}

function staleNonce(found: FoundCredentials): number {
  found.stale = true;
  return outcomes.staleNonce;
}

/**
 * The first credentials for the realm, in any letter case, whose algorithm is known. One that cannot be read in front of
 * them spoils them, as in OpenSIPS. Deviation: all headers are looked through; OpenSIPS ends with the first where something
 * has read all headers of the message before.
 */
function findCredentials(
  { message }: ScriptRun,
  realm: string,
  header: Header,
  { sip: { digest }, log }: JudgeTools,
): FoundCredentials | 'malformed' | undefined {
  for (let index = message.findHeader(header); index >= 0; index = message.findHeader(header, index + 1)) {
    const fields = digest.read(message.headerValue(index));
    if (fields === 'malformed') {
      log.error('find_credentials', 'failed to parse credentials');
      return 'malformed';
    }
    if (fields === 'other-scheme' || fields.get('realm')?.toLowerCase() !== realm.toLowerCase()) continue;
    if (digest.algorithm(fields.get('algorithm') || 'MD5'))
      return { header, index, fields, accepted: false, stale: false };
  }
  return undefined;
}

/** Undefined where something is missing that must be there (C: check_dig_cred). */
function readUse({ fields }: FoundCredentials, { digest }: SipTools): NonceUse | undefined {
  const algorithm = digest.algorithm(fields.get('algorithm') || 'MD5');
  const nonce = fields.get('nonce');
  const qop = fields.get('qop') || undefined;
  if (algorithm === undefined || nonce === undefined || !fields.get('username')) return undefined;
  if (!fields.has('uri') || !fields.has('response')) return undefined;
  if (qop !== undefined && !(fields.has('cnonce') && fields.has('nc'))) return undefined;
  return { nonce, algorithm, qop, count: fields.get('nc') };
}

function isRight(
  { message }: ScriptRun,
  { fields }: FoundCredentials,
  { algorithm, nonce, qop }: NonceUse,
  ha1: string,
  { digest }: SipTools,
): boolean {
  if (ha1.length !== digest.hashLength(algorithm)) return false;
  const expected = digest.response(algorithm, ha1, {
    method: message.method,
    uri: fields.get('uri') ?? '',
    nonce,
    qop,
    nc: fields.get('nc'),
    cnonce: fields.get('cnonce'),
    body: message.body,
  });
  return digest.isSame(fields.get('response') ?? '', expected);
}
