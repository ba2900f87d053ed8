/** What the tests of the script share: a config and a message in, log lines and answers out. */

import assert from 'node:assert/strict';
import { parse } from '../../../grammar/index.ts';
import createCachedbLocal, { manifest as cachedbManifest } from '../../../modules/cachedb_local/index.ts';
import type {
  Command,
  CommandSignature,
  HostGlobals,
  MessageSource,
  ModuleHost,
  RouteLetter,
} from '../../../runtime/module-exports.ts';
import {
  type CommandEntry,
  compileRoutes,
  createBlacklists,
  createEvents,
  createRun,
  type Routes,
  type ScriptEnvironment,
} from '../../../runtime/script/index.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { createTimers } from '../../../runtime/timers.ts';
import { globPattern } from '../../../runtime/variables/glob-pattern.ts';
import type { LogLevels } from '../../../runtime/variables/log-variables.ts';
import { recorder, silent } from '../loggers.ts';
import { plainSocket } from '../plain-socket.ts';

export const socket = plainSocket('udp', { port: 17650 });

export const source: MessageSource = {
  protocol: 'udp',
  socket,
  remoteAddress: '127.0.0.1',
  remotePort: 17651,
  connectionId: 0,
  send: () => true,
};

const ordinaryMessage = [
  'OPTIONS sip:bob@example.com SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:17651;branch=z9hG4bK1',
  'From: <sip:alice@a.example>;tag=1',
  'To: <sip:bob@b.example>',
  'Call-ID: 1',
  'CSeq: 1 OPTIONS',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

/** Functions of a test's own module: signature and behaviour by name. */
export type TestCommands = Readonly<Record<string, { signature: CommandSignature; command: Command }>>;

export interface ScriptOptions {
  readonly commands?: TestCommands;
  readonly asyncCommands?: TestCommands;
  readonly globals?: Readonly<Record<string, number | string>>;
  readonly message?: string;
  readonly environment?: Partial<ScriptEnvironment>;
}

interface Script {
  readonly routes: Routes;
  /** What xlog wrote, without the newline at the end. */
  readonly lines: string[];
  /** What the log was told, `LEVEL:caller: message`. */
  readonly complaints: string[];
  /** Runs a route with a fresh message. */
  run(name?: string, letter?: RouteLetter): number | Promise<number>;
  /** Runs the main route with that message. */
  runWith(message: string): number | Promise<number>;
  newRun(letter?: RouteLetter, message?: string): ReturnType<typeof createRun>;
}

function table(commands: TestCommands = {}): ReadonlyMap<string, readonly CommandEntry[]> {
  return new Map(Object.entries(commands).map(([name, entry]) => [name, [{ module: 'test', ...entry }]]));
}

/** What the log says of its levels: 3 both, unless they were changed. */
function levelsOver(changed: LogLevels): LogLevels {
  return {
    get level() {
      return changed.level ?? 3;
    },
    set level(level) {
      changed.level = level;
    },
    get xlogLevel() {
      return changed.xlogLevel ?? 3;
    },
    set xlogLevel(level) {
      changed.xlogLevel = level;
    },
  };
}

/** The module cachedb_local with a collection `coll` of the groups g1 and g2. */
export function cachedbLocal(): Pick<ScriptOptions, 'commands' | 'environment'> {
  const host: Partial<ModuleHost> = {
    params: {
      cachedb_url: ['local://', 'local:g1:///coll', 'local:g2:///coll'],
      cache_collections: ['coll; big = 12'],
    },
    log: silent,
    timers: createTimers(() => undefined),
    globPattern,
  };
  const { caches = {}, commands = {} } = createCachedbLocal(host as ModuleHost);
  const command = commands.cache_remove_chunk;
  return {
    ...(command && {
      commands: { cache_remove_chunk: { signature: cachedbManifest.commands.cache_remove_chunk, command } },
    }),
    environment: {
      caches: new Map(Object.entries(caches)),
      connectionAliases: { add: () => true },
      startTime: Math.floor(Date.now() / 1000),
    },
  };
}

/** Compiles a config (routes alone will do); its syntax must be right. */
export function script(config: string, options: ScriptOptions = {}): Script {
  const parsed = parse(config, { name: 'test.cfg' });
  const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ message, span }) => `${message}: ${config.slice(span.start, span.end)}`),
    [],
  );
  const lines: string[] = [];
  const complaints: string[] = [];
  const globals: HostGlobals = { serverHeader: undefined, get: (name) => options.globals?.[name] };
  const changed: LogLevels = { level: undefined, xlogLevel: undefined };
  const levels = levelsOver(changed);
  const timers = createTimers((error) => {
    throw error;
  });
  const routes = compileRoutes(parsed.config, {
    commands: table(options.commands),
    asyncCommands: table(options.asyncCommands),
    variables: new Map(),
    transformations: new Map(),
    log: recorder(complaints, false),
    xlog: {
      isOn: (level) => changed.xlogLevel === undefined || level <= changed.xlogLevel,
      write: (_level, text) => {
        lines.push(text.replace(/\n$/, ''));
      },
      bare: (level, text) => {
        if (level <= 3) lines.push(text.replace(/\n$/, ''));
      },
    },
    globals,
    timers,
    blacklists: createBlacklists(parsed.config, timers),
    events: createEvents(timers, (message) => complaints.push(message)),
    logLevels: levels,
    sockets: () => [socket],
    locate: (offset) => parsed.source.locate(offset),
    ...options.environment,
  });
  const newRun = (letter: RouteLetter = 'R', message = options.message ?? ordinaryMessage) =>
    createRun(parseMessage(message), source, letter);
  return {
    routes,
    lines,
    complaints,
    newRun,
    run: (name, letter = 'R') => routes.run(letter, name, newRun(letter)),
    runWith: (message) => routes.run('R', undefined, newRun('R', message)),
  };
}
