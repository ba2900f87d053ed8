import type {
  DigestAlgorithm,
  ModuleFactory,
  ModuleFinding,
  ModuleHost,
  ScriptRun,
  SipMessage,
} from '../../runtime/module-exports.ts';
import { type AskedRequest, answerLine, challengesOf } from './answer.ts';
import { type Credential, credentialOf, readCredential, readCredentialAvps } from './credentials.ts';
import { manifest } from './manifest.ts';

export { manifest };

/** What other modules get by `host.bind<ClientAuthentication>('uac_auth')`. */
interface ClientAuthentication {
  /**
   * The header lines by which a request answers the challenges of a 401 or 407 to it, one a realm that there is a
   * credential for; undefined where there is none. `allowed`: the algorithms that may be used, all by default.
   */
  answer(
    run: ScriptRun,
    reply: SipMessage,
    request: AskedRequest,
    allowed?: readonly DigestAlgorithm[],
  ): string | undefined;
}

const createModule: ModuleFactory = (host) => {
  const { params, log, sip } = host;
  const { credentials, avps } = readParams(host);
  return {
    /**
     * Deviation: OpenSIPS answers the first challenge alone, whether or not there is a credential for its realm; RFC 3261
     * §22.3 wants each realm answered, RFC 8760 §2.4 the first challenge of a realm that can be.
     */
    api: {
      answer(run, reply, request, allowed) {
        const { statusCode } = reply;
        if (statusCode !== 401 && statusCode !== 407) return undefined;
        const challenges = challengesOf(reply, sip.digest, allowed);
        if (challenges.length === 0) {
          log.error('uac_auth', 'Unable to extract a compatible authentication challenge');
        }
        const answers = new Map<string, string>();
        for (const challenge of challenges) {
          const { realm } = challenge;
          const credential = answers.has(realm) ? undefined : credentialOf(realm, run, avps, credentials);
          if (credential)
            answers.set(realm, answerLine(statusCode, challenge, credential, request, sip.digest));
        }
        return answers.size > 0 ? [...answers.values()].join('') : undefined;
      },
    } satisfies ClientAuthentication,
    check: () => findings(params),
  };
};

export default createModule;

interface ReadParams {
  readonly credentials: readonly Credential[];
  readonly avps: ReturnType<typeof readCredentialAvps>;
}

/** What cannot be read is left out; a check has told it, and nothing starts with it. */
function readParams({ params }: ModuleHost): ReadParams {
  return {
    credentials: listOf(params).flatMap((text) => tried(() => readCredential(text)) ?? []),
    avps: tried(() => readCredentialAvps(params)),
  };
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function listOf({ credential = [] }: ModuleHost['params']): readonly string[] {
  return (Array.isArray(credential) ? credential : [credential]).map(String);
}

/** The messages tell nothing of what stands in a credential. */
function findings(params: ModuleHost['params']): readonly ModuleFinding[] {
  const found: ModuleFinding[] = [];
  for (const [at, text] of listOf(params).entries()) {
    const message = failureOf(() => readCredential(text));
    if (message !== undefined)
      found.push({
        code: 'credential',
        severity: 'error',
        message,
        why: 'without it challenges of that realm cannot be answered',
        help: 'write "user:realm:password", without blanks inside',
        param: 'credential',
        at,
      });
  }
  const message = failureOf(() => readCredentialAvps(params));
  if (message !== undefined)
    found.push({
      code: 'auth-avps',
      severity: 'error',
      message,
      why: 'a credential in AVPs has a realm, a user and a password',
      help: 'give auth_realm_avp, auth_username_avp and auth_password_avp, each as "$avp(name)"',
    });
  return found;
}

function failureOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
