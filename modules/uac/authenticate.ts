import type {
  Command,
  DigestAlgorithm,
  ModuleHost,
  ScriptRun,
  SipMessage,
} from '../../runtime/module-exports.ts';
import type { ClientAuthentication, PickedBranch, RecordRouting, TransactionManager } from './neighbours.ts';
import type { ReplyRepair } from './reply-repair.ts';

/** Marks the Record-Route of a dialog whose requests from the caller need a higher CSeq; its value is by how much. */
const cseqParam = 'aci';
/** What a peer may write there: an INVITE is challenged a few times at most. */
const maxIncrement = 12;

interface AuthTools {
  readonly host: ModuleHost;
  tm(): TransactionManager;
  rr(): RecordRouting;
  uacAuth(): ClientAuthentication;
  repair(): ReplyRepair;
}

/** By how much the CSeq of a request was raised, and the parameter that tells it. */
interface Raised {
  by: number;
  param: { text: string } | undefined;
}

const key = Symbol('how much uac raised the CSeq');

function raisedOf({ storage }: ScriptRun): Raised {
  const known = storage.get(key) as Raised | undefined;
  if (known) return known;
  const fresh: Raised = { by: 0, param: undefined };
  storage.set(key, fresh);
  return fresh;
}

/** uac_auth: answers the challenges of the chosen branch, for a request that the script then sends again. */
export function authCommand(tools: AuthTools, used: () => void): Command {
  return {
    prepare([algorithms]) {
      used();
      const { digest } = tools.host.sip;
      const read = (value: unknown) => readAlgorithms(String(value ?? ''), digest.algorithm);
      const fixed = algorithms?.constant === undefined ? undefined : { list: read(algorithms.constant) };
      return (run) => {
        const allowed = fixed ? fixed.list : tried(() => read(algorithms?.evaluate(run)), tools);
        return allowed === null ? false : authenticate(run, allowed, tools);
      };
    },
  };
}

type Allowed = readonly DigestAlgorithm[] | undefined;

/** Undefined for an empty list: all of them. Errors: a name that is no algorithm. */
function readAlgorithms(text: string, algorithmOf: (name: string) => DigestAlgorithm | undefined): Allowed {
  if (text.trim() === '') return undefined;
  return text.split(',').map((name) => {
    const algorithm = algorithmOf(name);
    if (algorithm) return algorithm;
    throw new TypeError(`Unsupported algorithm type: "${name.trim()}"`);
  });
}

function tried(read: () => Allowed, { host }: AuthTools): Allowed | null {
  try {
    return read();
  } catch (error) {
    host.log.error('dauth_fixup_algorithms', error instanceof Error ? error.message : String(error));
    return null;
  }
}

function authenticate(run: ScriptRun, allowed: Allowed, tools: AuthTools): boolean {
  const { log } = tools.host;
  const { message } = run;
  const picked = tools.tm().transactionOf(run)?.picked;
  const reply = picked?.reply;
  if (!picked || !reply) {
    log.critical('uac_auth', 'no picked branch');
    return false;
  }
  if (!isMessage(reply)) {
    log.error('uac_auth', 'cannot process a FAKED reply');
    return false;
  }
  const lines = answerTo(run, picked, reply, allowed, tools);
  if (lines === undefined) return false;
  message.requestUri = picked.uri;
  message.edits.append(lines);
  return raiseCseq(run, raisedOf(run).by + 1, tools) && keepForDialog(run, tools);
}

function answerTo(
  run: ScriptRun,
  { uri }: PickedBranch,
  reply: SipMessage,
  allowed: Allowed,
  { uacAuth }: AuthTools,
): string | undefined {
  const { method, bodyToSend: body } = run.message;
  return uacAuth().answer(run, reply, { method, uri, body }, allowed);
}

function isMessage(reply: NonNullable<PickedBranch['reply']>): reply is SipMessage {
  return 'isRequest' in reply;
}

/** RFC 3261 §8.1.3.5: what is sent again has a higher CSeq; replies get the caller's back. */
export function raiseCseq(run: ScriptRun, by: number, { host, repair }: AuthTools): boolean {
  const { message } = run;
  const { cseq } = message;
  const index = message.findHeader('CSeq');
  const number = (cseq?.number ?? 0) + by;
  if (!cseq || number < 0 || number > 0xffff_ffff) {
    host.log.error('apply_cseq_op', 'the CSeq cannot be raised');
    return false;
  }
  raisedOf(run).by = by;
  message.edits.replace(index, `${message.headerName(index)}: ${number} ${cseq.method}\r\n`);
  repair().cseq(run);
  return true;
}

/**
 * Deviation: OpenSIPS raises the CSeq by 1 at the first challenge and at those behind it, so that the request comes twice
 * under one number; here each time by one more, and the parameter says by how much. Its own is always 1.
 */
function keepForDialog(run: ScriptRun, { rr }: AuthTools): boolean {
  if (run.message.to?.tag !== undefined) return true;
  const raised = raisedOf(run);
  const text = `;${cseqParam}=${raised.by}`;
  if (raised.param) raised.param.text = text;
  else raised.param = rr().addParam(run, text);
  return true;
}

/** In later requests of the caller: the CSeq goes on from the one that was raised (C: rr_uac_auth_checker). */
export function followRaised(run: ScriptRun, tools: AuthTools): void {
  const by = Number(tools.rr().routeParam(run, cseqParam));
  if (!Number.isInteger(by) || by < 1 || by > maxIncrement || tools.rr().isUpstream(run)) return;
  raiseCseq(run, by, tools);
}

/** uac_inc_cseq: false without a transaction. */
export function increaseCseq(run: ScriptRun, by: number, tools: AuthTools): boolean {
  if (tools.tm().transactionOf(run)) return raiseCseq(run, by, tools);
  tools.host.log.critical('uac_inc_cseq', 'no current transaction found');
  return false;
}
