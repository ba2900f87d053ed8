import type { Command, CommandResult, PreparedArgument, ScriptRun } from '../../../runtime/module-exports.ts';
import type { Core } from '../core.ts';
import { failures } from '../failures.ts';
import { type MaybePromise, then } from '../maybe.ts';
import type { OwnRequests } from '../own-requests.ts';
import type { Positions } from '../positions.ts';
import type { Relay } from '../relay.ts';
import { type RelayFlags, relayFlags } from '../relay-flags.ts';
import type { Requests } from '../requests.ts';
import type { ReplyParts } from '../upstream.ts';

export interface ScriptParts {
  readonly core: Core;
  readonly requests: Requests;
  readonly relay: Relay;
  readonly ownRequests: OwnRequests;
  readonly positions: Positions;
}

/** Functions that make a transaction, or send by it. */
export function sendingCommands(parts: ScriptParts): Readonly<Record<string, Command>> {
  const { core, requests, relay, ownRequests, positions } = parts;
  const { log, version } = core.host;

  const answer = (run: ScriptRun, code: number, reason: string, more?: ReplyParts): CommandResult => {
    if (run.message.method === 'ACK') return 0;
    const position = positions.of(run);
    if (!position.transaction || position.isProvisional) {
      if (run.routeLetter === 'F') return false;
      const newness = requests.begin(run);
      if (newness === 'absorbed') return 0;
      if (newness === 'full' || newness === 'unreadable') {
        log.error('w_t_reply', 'could not create a new transaction');
        return false;
      }
    }
    const { transaction } = position;
    return transaction ? requests.answer(transaction, run.message, code, reason, more) : false;
  };

  return {
    t_newtran: (run) => {
      switch (requests.begin(run)) {
        case 'new':
        case 'ack':
          return 1;
        case 'absorbed':
          return 0;
        case 'exists':
          log.debug('t_newtran', 'transaction already in process');
          return -10;
        case 'unreadable':
          log.error('t_newtran', 'new_t failed');
          return failures['bad-request'].number;
        case 'full':
          return -1;
      }
    },
    t_relay: {
      prepare(args) {
        const [flags, destination] = relayArguments(args, version);
        const flagsOf = compileFlags(flags);
        return (run) => {
          const given = destination?.given ? String(destination.evaluate(run) ?? '') : undefined;
          return relay.relay(run, { flags: flagsOf(run), destination: given, replicates: false });
        };
      },
    },
    t_replicate: {
      prepare([uri, flags]) {
        const flagsOf = compileFlags(flags);
        return (run) => {
          run.message.destinationUri = String(uri?.evaluate(run) ?? '') || undefined;
          return relay.relay(run, { flags: flagsOf(run), destination: undefined, replicates: true });
        };
      },
    },
    t_reply: {
      prepare([code, reason]) {
        checkCode(code);
        return (run) => answer(run, Number(code?.evaluate(run) ?? 0), String(reason?.evaluate(run) ?? ''));
      },
    },
    t_reply_with_body: {
      prepare([code, reason, body]) {
        checkCode(code);
        return (run) =>
          answer(run, Number(code?.evaluate(run) ?? 0), String(reason?.evaluate(run) ?? ''), {
            body: String(body?.evaluate(run) ?? ''),
          });
      },
    },
    t_reply_by_callid: (run, code, reason, callId, cseq) => {
      const { message } = run;
      const call = callId === null || callId === undefined ? message.callId : String(callId);
      const number = cseq === null || cseq === undefined ? message.cseq?.number : cseq;
      const transaction = core.table.ofCall(call, String(number));
      if (!transaction) return -4;
      return requests.answer(transaction, transaction.request, Number(code), String(reason ?? ''));
    },
    t_new_request: (_run, method, uri, from, to, body, context): MaybePromise<CommandResult> => {
      const parts = bodyOf(body === null || body === undefined ? undefined : String(body));
      if (!parts) {
        log.error('w_t_new_request', `Content Type not found in the beginning of body <${body}>`);
        return false;
      }
      const begun = ownRequests.begin({
        method: String(method),
        uri: String(uri),
        from: addressOf(String(from)),
        to: addressOf(String(to)),
        ...parts,
        ...(typeof context === 'string' && { avps: new Map([['uac_ctx', [context]]]) }),
      });
      return then(begun, ({ sent }) => {
        if (!sent) log.error('w_t_new_request', 'failed to send the request out');
        return sent;
      });
    },
  };
}

/** Up to 2.4 the destination stands first, and alone where it is no flags. */
function relayArguments(
  args: readonly PreparedArgument[],
  version: string,
): readonly [PreparedArgument | undefined, PreparedArgument | undefined] {
  const [first, second] = args;
  if (!version.startsWith('2.')) return [first, second];
  if (second?.given) return [second, first];
  const alone = first?.constant;
  const isFlags = alone === undefined || relayFlags(String(alone)) !== undefined;
  return isFlags ? [first, undefined] : [undefined, first];
}

/** Errors at the start: a word that is no flag. */
function compileFlags(argument: PreparedArgument | undefined): (run: ScriptRun) => RelayFlags {
  const none = relayFlags('') as RelayFlags;
  if (!argument?.given) return () => none;
  const { constant } = argument;
  if (constant === undefined) return (run) => relayFlags(String(argument.evaluate(run) ?? '')) ?? none;
  const flags = relayFlags(String(constant ?? ''));
  if (!flags) throw new Error(`unknown flags '${constant}'`);
  return () => flags;
}

/** Errors at the start. C: fixup_reply_code. */
function checkCode(code: PreparedArgument | undefined): void {
  const { constant } = code ?? {};
  if (constant === undefined || constant === null) return;
  const value = Number(constant);
  if (!(value >= 100 && value <= 699)) {
    throw new Error(`wrong value [${constant}] for param! - Allowed only 1xx - 6xx`);
  }
}

/** `name sip:a@b`, or a URI alone, as the value of From or To. */
function addressOf(text: string): string {
  const space = text.lastIndexOf(' ');
  return space < 0 ? `<${text}>` : `${text.slice(0, space)} <${text.slice(space + 1)}>`;
}

/** The content type stands in front of the body, with a blank between; undefined without one. */
function bodyOf(text: string | undefined): { headers?: string; body?: string } | undefined {
  if (text === undefined) return {};
  const space = text.indexOf(' ');
  if (space < 0) return undefined;
  return { headers: `Content-Type: ${text.slice(0, space)}\r\n`, body: text.slice(space + 1) };
}
