import type {
  Command,
  MessageSource,
  ModuleBehaviour,
  ModuleFactory,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
} from '../../runtime/module-exports.ts';
import { functionPattern, regularExpression } from '../../runtime/module-host.ts';
import { createRun } from '../../runtime/script/run.ts';
import { parseMessage } from '../../runtime/sip/message.ts';
import { createSipTools } from '../../runtime/sip-tools.ts';
import { globPattern } from '../../runtime/variables/glob-pattern.ts';
import { silent } from '../runtime/loggers.ts';
import { plainSocket } from '../runtime/plain-socket.ts';

/** The functions of a module that asks its host for its log, parameters, SIP tools and patterns alone. */
export function commandsOf(
  factory: ModuleFactory,
  params: ModuleHost['params'] = {},
): NonNullable<ModuleBehaviour['commands']> {
  const host = {
    params,
    version: '3.6',
    log: silent,
    sip,
    pattern: functionPattern,
    regularExpression,
    globPattern,
  } satisfies Partial<ModuleHost>;
  return factory(host as unknown as ModuleHost).commands ?? {};
}

const sip = createSipTools({ serverHeader: undefined });

const source: MessageSource = {
  protocol: 'ws',
  socket: plainSocket('ws', { port: 80 }),
  remoteAddress: '127.0.0.1',
  remotePort: 5060,
  connectionId: 1,
  send: () => true,
};

/** A run of the main route over a message. */
export function runOf(text: string): ScriptRun {
  return createRun(parseMessage(text, source), source, 'R');
}

/** Calls a function of a module with values that stand in the script. */
export function call(command: Command | undefined, run: ScriptRun, ...values: ScriptValue[]): unknown {
  if (command === undefined) throw new Error('no such function');
  if (typeof command === 'function') return command(run, ...values);
  return command.prepare(values.map(constant))(run);
}

function constant(value: ScriptValue): PreparedArgument {
  return {
    constant: value,
    given: true,
    evaluate: () => value,
    assign() {
      throw new Error('not a variable');
    },
    variable: undefined,
    text: (part) => () => part,
    variableIn: () => undefined,
  };
}

export interface RequestParts {
  readonly method?: string;
  readonly uri?: string;
  readonly to?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A request that RFC 3261 accepts, changed where asked. */
export function requestText(parts: RequestParts = {}): string {
  const { method = 'INVITE', uri = 'sip:bob@example.com', body = '', headers = [] } = parts;
  return [
    `${method} ${uri} SIP/2.0`,
    'Via: SIP/2.0/WS client.invalid;branch=z9hG4bK1',
    'From: <sip:alice@atlanta.example>;tag=1',
    `To: ${parts.to ?? '<sip:bob@example.com>'}`,
    'Call-ID: one',
    `CSeq: 1 ${method}`,
    ...headers,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}
