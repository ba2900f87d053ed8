import { routeLetters } from '../grammar/index.ts';
import { bootSteps } from './boot.ts';
import { Boot, made } from './boot-state.ts';
import type { CheckedConfig } from './check-config.ts';
import { systemClock } from './clock.ts';
import { reasonOf } from './host-error.ts';
import { createLog, type Log, logSettingsFromGlobals } from './log/index.ts';
import { levelFacts } from './log/levels.ts';
import type { ListenSocket, MessageSource, RouteLetter, SipMessage } from './module-exports.ts';
import type { SystemNetwork } from './net/system-network.ts';
import { createRun, type Run } from './script/index.ts';
import { SipParseError } from './sip/errors.ts';
import { parseMessage } from './sip/message.ts';
import { printMessage } from './sip/print-message.ts';
import { runSteps, undoSteps } from './steps.ts';

/** What happened, in its order. */
export type DryStep =
  | { readonly kind: 'statement'; readonly place: string; readonly what: string }
  | { readonly kind: 'log'; readonly level: string; readonly text: string }
  | { readonly kind: 'reply'; readonly message: string }
  | { readonly kind: 'send'; readonly to: string; readonly by: string; readonly message: string };

/** What a script did with a message, and would have sent. Texts have one character a byte. */
export interface DryRun {
  readonly route: string;
  readonly steps: readonly DryStep[];
  /** What the route answered, and whether it dropped the message or failed. */
  readonly answer: number;
  readonly dropped: boolean;
  readonly failed: boolean;
  readonly requestUri: string | undefined;
  readonly destinationUri: string | undefined;
  readonly branches: readonly string[];
  readonly avps: Readonly<Record<string, readonly (string | number | null)[]>>;
  readonly vars: Readonly<Record<string, string | number | null>>;
  /** Lines that the script took away or added; empty where it left the message as it came. */
  readonly edits: readonly { readonly sign: '+' | '-'; readonly line: string }[];
}

interface DryRunOptions {
  readonly checked: CheckedConfig;
  /** One character a byte. */
  readonly message: string;
  /** `NAME`, or `failure_route[NAME]`; by default the main route for what the message is. */
  readonly route: string | undefined;
  readonly network: SystemNetwork;
  readonly argv: ReadonlyMap<string, string>;
}

/** Why nothing was run. */
export class DryRunProblem extends Error {}

/** The steps of a start before anything opens. */
const lastStep = 'compile routes';

/**
 * Runs a script on one message, with modules that are initialised and without sockets: what would be sent is kept.
 * Errors: DryRunProblem for a message that is none, or a route that is not there; those of a start.
 */
export async function dryRun(options: DryRunOptions): Promise<DryRun> {
  const steps: DryStep[] = [];
  const log = stepsLog(options.checked, steps);
  const boot = new Boot({
    checked: options.checked,
    log,
    network: options.network,
    maxWaitingRuns: 1,
    argv: options.argv,
    phaseTimeout: 60_000,
    destroyTimeout: 10_000,
    signal: new AbortController().signal,
    clock: systemClock,
    onListening: () => undefined,
    traceAll: true,
    capture: ({ to, by, text }) => steps.push({ kind: 'send', to, by, message: text }),
  });
  const observer = {
    before: () => undefined,
    undoFailed: (step: string, reason: string) =>
      boot.log.error('main', `taking back "${step}" failed: ${reason}`),
  };
  const begun = bootSteps.slice(0, bootSteps.findIndex(({ name }) => name === lastStep) + 1);
  await runSteps(begun, boot, observer);
  try {
    return await runMessage(boot, options, steps);
  } finally {
    await undoSteps(begun, boot, observer);
    await log.close();
  }
}

async function runMessage(boot: Boot, options: DryRunOptions, steps: DryStep[]): Promise<DryRun> {
  const routes = made(boot.routes, 'routes');
  const source = sourceOf(boot, (message) => steps.push({ kind: 'reply', message }));
  const message = readMessage(options.message, source);
  const { letter, name, shown } = routeOf(options.route, message);
  if (!routes.has(letter, name)) throw new DryRunProblem(`there is no ${shown}`);
  const run = createRun(message, source, letter);
  run.trace = (place, what) => void steps.push({ kind: 'statement', place, what });
  // What the modules said while they were made is no part of it.
  steps.length = 0;
  const answer = await routes.run(letter, name, run);
  if (!message.isRequest && !run.dropped && !run.failed) {
    const onlyOpen = routes.replyOpensNone(message);
    await made(boot.outgoing, 'outgoing').forwarding.forwardReply(message, source, onlyOpen);
  }
  return { route: shown, steps, answer, ...stateOf(run), edits: editsOf(message) };
}

function stateOf(run: Run): Omit<DryRun, 'route' | 'steps' | 'answer' | 'edits'> {
  const { message } = run;
  return {
    dropped: run.dropped,
    failed: run.failed,
    requestUri: message.isRequest ? message.requestUri : undefined,
    destinationUri: message.destinationUri,
    branches: message.branches.map(({ uri }) => uri),
    avps: Object.fromEntries(run.avps),
    vars: Object.fromEntries(run.vars),
  };
}

/** Where the message is said to come from: the first socket of the config, else one that nobody opened. */
function sourceOf(boot: Boot, reply: (message: string) => void): MessageSource {
  const socket = boot.listenSockets[0] ?? nowhere;
  return {
    protocol: socket.protocol,
    socket,
    remoteAddress: '127.0.0.1',
    remotePort: 5060,
    connectionId: 0,
    send(message) {
      reply(message);
      return true;
    },
  };
}

const nowhere: ListenSocket = {
  protocol: 'udp',
  host: '127.0.0.1',
  address: '127.0.0.1',
  port: 5060,
  family: 4,
  advertisedHost: undefined,
  advertisedPort: undefined,
  tag: undefined,
};

function readMessage(text: string, source: MessageSource): SipMessage {
  try {
    return parseMessage(withLineEnds(text), source);
  } catch (error) {
    if (!(error instanceof SipParseError)) throw error;
    throw new DryRunProblem(`the message is none: ${error.message} (${error.code})`);
  }
}

/** An editor writes other line ends than SIP; the length of the body then is another one, too. */
function withLineEnds(text: string): string {
  if (text.includes('\r\n')) return text;
  const crlf = text.replace(/\r?\n/g, '\r\n');
  const whole = crlf.includes('\r\n\r\n') ? crlf : `${crlf.replace(/(?:\r\n)*$/, '')}\r\n\r\n`;
  const length = whole.length - (whole.indexOf('\r\n\r\n') + 4);
  return whole.replace(/^((?:Content-Length|l)[ \t]*:[ \t]*)\d+/im, `$1${length}`);
}

function routeOf(asked: string | undefined, { isRequest }: SipMessage) {
  const main: RouteLetter = isRequest ? 'R' : 'O';
  if (asked === undefined) {
    return { letter: main, name: undefined, shown: isRequest ? 'route' : 'onreply_route' };
  }
  const [, word = '', inner] = /^([a-z_]+)(?:\[([^\]]*)\])?$/.exec(asked) ?? [];
  const letter = inner === undefined && !word.endsWith('_route') ? undefined : letterOf(word);
  if (letter === undefined) return { letter: 'R' as const, name: asked, shown: `route[${asked}]` };
  return { letter, name: inner, shown: asked };
}

function letterOf(keyword: string): RouteLetter | undefined {
  return Object.entries(routeLetters).find(([name]) => name === keyword)?.[1];
}

/** Lines by what was there before and what goes on now, in the order of the message. */
function editsOf(message: SipMessage): DryRun['edits'] {
  const before = message.text.split('\r\n');
  const after = printMessage(message).split('\r\n');
  const kept = new Map<string, number>();
  for (const line of after) kept.set(line, (kept.get(line) ?? 0) + 1);
  const removed = before.filter((line) => !take(kept, line));
  const were = new Map<string, number>();
  for (const line of before) were.set(line, (were.get(line) ?? 0) + 1);
  const added = after.filter((line) => !take(were, line));
  return [
    ...removed.map((line) => ({ sign: '-' as const, line })),
    ...added.map((line) => ({ sign: '+' as const, line })),
  ];
}

function take(counts: Map<string, number>, line: string): boolean {
  const count = counts.get(line) ?? 0;
  if (count === 0) return false;
  counts.set(line, count - 1);
  return true;
}

/** The lines of the log are steps, in their order among the others. */
function stepsLog(checked: CheckedConfig, steps: DryStep[]): Log {
  const settings = logSettingsFromGlobals(checked.globals, { stderrOnly: true });
  return createLog({
    settings,
    stderr: {
      write({ level, module, caller, message }) {
        const from = module === undefined ? '' : `${module}:${caller ?? ''}: `;
        steps.push({
          kind: 'log',
          level: levelFacts(level).text,
          text: `${from}${message}`.replace(/\r?\n$/, ''),
        });
      },
      flush: () => Promise.resolve(),
      flushSync: () => undefined,
      close: () => Promise.resolve(),
    },
  });
}

function traceLine(step: DryStep): string {
  switch (step.kind) {
    case 'statement':
      return `${step.place}  ${step.what}`;
    case 'log':
      return `    log ${step.level}: ${step.text.replaceAll('\n', '\n        ')}`;
    case 'reply':
      return `    replies ${firstLine(step.message)}`;
    case 'send':
      return `    sends to ${step.to} by ${step.by}: ${firstLine(step.message)}`;
  }
}

const firstLine = (message: string): string => message.slice(0, message.indexOf('\r\n'));

/** For people: the trace, the edits, and what would be sent. */
export function printDryRun(run: DryRun): string {
  const trace = run.steps.map(traceLine);
  const state = [
    `answer       ${run.answer}${run.dropped ? ', dropped' : ''}${run.failed ? ', failed' : ''}`,
    ...(run.requestUri === undefined ? [] : [`Request-URI  ${run.requestUri}`]),
    ...(run.destinationUri === undefined ? [] : [`next hop     ${run.destinationUri}`]),
    ...run.branches.map((uri) => `branch       ${uri}`),
    ...Object.entries(run.avps).map(([name, values]) => `$avp(${name})  ${values.map(shown).join(', ')}`),
    ...Object.entries(run.vars).map(([name, value]) => `$var(${name})  ${shown(value)}`),
  ];
  const edits = run.edits.map(({ sign, line }) => `${sign} ${line}`);
  const sent = run.steps.flatMap((step) => {
    if (step.kind === 'reply') return [`--- reply\n${indented(step.message)}`];
    return step.kind === 'send' ? [`--- to ${step.to} by ${step.by}\n${indented(step.message)}`] : [];
  });
  const chapter = (title: string, lines: readonly string[]) =>
    `${title}\n${(lines.length > 0 ? lines : ['nothing']).map((line) => `  ${line}`).join('\n')}\n`;
  return [
    chapter(`trace of ${run.route}`, trace),
    chapter('state', state),
    chapter('edits', edits),
    chapter('sent', sent),
  ].join('\n');
}

const shown = (value: string | number | null): string => (value === null ? '<null>' : String(value));

function indented(message: string): string {
  return message
    .split('\r\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

/** What went wrong, for the terminal. */
export function dryRunReason(error: unknown): string {
  return error instanceof DryRunProblem ? error.message : `the run failed: ${reasonOf(error)}`;
}
