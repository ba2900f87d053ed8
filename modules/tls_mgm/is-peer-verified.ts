import type { CommandFunction, CommandSignature, Logger, ScriptRun } from '../../runtime/module-exports.ts';
import type { TlsFacts } from './tls-facts.ts';

/** The function, for the manifest. */
export const isPeerVerifiedFacts = {
  params: [],
  routes: ['R'],
  description:
    'True where the peer has shown a certificate and it was verified; not so over other protocols than TLS.',
} as const satisfies CommandSignature;

/** The behaviour behind it. */
export function createIsPeerVerified(
  factsOf: (run: ScriptRun) => TlsFacts | undefined,
  log: Logger,
): CommandFunction {
  return (run) => {
    const facts = factsOf(run);
    if (!facts) {
      log.error('get_ssl', `the message came over ${run.source.protocol}, which has no TLS`);
      return false;
    }
    const reason = reasonAgainst(facts);
    if (reason === undefined) return true;
    log.info('is_peer_verified', `the peer ${peerOf(run)} is not verified: ${reason}`);
    return false;
  };
}

function reasonAgainst({ peer, verifyError }: TlsFacts): string | undefined {
  return peer ? verifyError : 'it has shown no certificate';
}

function peerOf({ source }: ScriptRun): string {
  return `${source.remoteAddress}:${source.remotePort}`;
}
