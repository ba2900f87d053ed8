import type {
  FoundCredentials,
  ModuleFactory,
  ModuleFinding,
  ModuleHost,
  ScriptRun,
} from '../../runtime/module-exports.ts';
import { challengeCommand, challengeKinds } from './challenge.ts';
import { type Authorize, createJudge } from './judge.ts';
import { manifest } from './manifest.ts';
import { createNonceKeeper } from './nonce-keeper.ts';
import { KEY_BYTES } from './nonces.ts';
import { rpidCommands } from './rpid.ts';
import { variableCommand } from './variable-passwords.ts';

export { manifest };

/** What other modules get by `host.bind<Authentication>('auth')`. */
interface Authentication {
  readonly authorize: Authorize;
}

/** What signaling offers. */
interface Signaling {
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

const createModule: ModuleFactory = (host) => {
  const { params, log, sip, routing, timers } = host;
  let signaling: Signaling | undefined;
  const nonces = createNonceKeeper({
    secret: textParam(host, 'secret'),
    expire: Number(params.nonce_expire),
    check: params.disable_nonce_check !== 1,
    limit: Number(params.max_used_nonces),
    timers,
    log,
  });
  const tools = {
    sip,
    routing,
    log,
    nonces,
    realmPrefix: String(params.realm_prefix),
    reply: (run: ScriptRun, code: number, reason: string) => signaling?.reply(run, code, reason) ?? false,
  };
  const authorize = createJudge(tools);
  const passwords = {
    authorize,
    sip,
    log,
    usernameSpec: textParam(host, 'username_spec'),
    passwordSpec: textParam(host, 'password_spec'),
    calculateHa1: params.calculate_ha1 === 1,
  };
  const rpid = rpidCommands(host);
  return {
    commands: {
      www_challenge: challengeCommand(tools, challengeKinds.www),
      proxy_challenge: challengeCommand(tools, challengeKinds.proxy),
      pv_www_authorize: variableCommand(passwords, 'Authorization'),
      pv_proxy_authorize: variableCommand(passwords, 'Proxy-Authorization'),
      consume_credentials: (run) => consumeCredentials(run, host),
      append_rpid_hf: (run, prefix = null, suffix = null) => rpid.append(run, prefix, suffix),
      is_rpid_user_e164: rpid.isE164,
    },
    api: { authorize } satisfies Authentication,
    check: () => secretFindings(host),
    init() {
      log.info('mod_init', 'initializing...');
      host.statistics.gauge('used_nonces', () => nonces.size);
      signaling = host.bind<Signaling>('signaling');
    },
  };
};

export default createModule;

function textParam({ params }: ModuleHost, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const headers: readonly FoundCredentials['header'][] = ['Authorization', 'Proxy-Authorization'];

/** Those of the last pv_www_authorize, www_authorize and their sisters. */
function consumeCredentials(run: ScriptRun, { sip, log }: ModuleHost): boolean {
  const { message } = run;
  const found = headers.map((header) => sip.digest.found(run, header)).find((each) => each !== undefined);
  if (found) return message.edits.remove(found.index);
  if (message.method !== 'ACK' && message.method !== 'CANCEL') {
    log.error('consume_credentials', 'no authorized credentials found (error in scripts)');
  }
  return false;
}

/** From 3.2 on the secret is the key of AES-256 as it is. */
function secretFindings(host: ModuleHost): readonly ModuleFinding[] {
  const { length = KEY_BYTES } = textParam(host, 'secret') ?? {};
  if (length === KEY_BYTES || isBefore32(host.version)) return [];
  return [
    {
      code: 'secret-length',
      severity: 'error',
      message: `the secret has ${length} bytes instead of ${KEY_BYTES}`,
      why: 'since OpenSIPS 3.2 nonces are enciphered with it, and the key of AES-256 has 32 bytes',
      help: 'leave the parameter out: a secret by chance is better than one in a file',
      param: 'secret',
    },
  ];
}

function isBefore32(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 3 || (major === 3 && minor < 2);
}
