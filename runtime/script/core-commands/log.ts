import type { Command, CommandSignature, PreparedArgument, ScriptRun } from '../../module-exports.ts';
import type { ScriptEnvironment } from '../environment.ts';

const everywhere = '*' as const;

export const logSignatures: Readonly<Record<string, CommandSignature>> = {
  xlog: {
    params: ['s', 's?'],
    paramNames: ['level or text', 'text'],
    routes: everywhere,
    description: 'writes a line with variables to the log',
  },
  xdbg: { params: ['s'], paramNames: ['text'], routes: everywhere, description: 'xlog at debug level' },
  log: {
    params: ['s!', 's!?'],
    paramNames: ['level or text', 'text'],
    routes: everywhere,
    description: 'writes a line to the log as it stands',
  },
  error: {
    params: ['s!', 's!'],
    paramNames: ['kind', 'text'],
    routes: everywhere,
    description: 'says in the log that it is not implemented, as in OpenSIPS',
  },
};

const debugLevel = 4;
const noticeLevel = 2;

/** The third letter decides, as in OpenSIPS: `L_ERR`, `L_ERROR` and `X_E` are one level. */
const levelLetters: Readonly<Record<string, number>> = { A: -3, C: -2, E: -1, W: 1, N: 2, I: 3, D: 4 };

type LevelOf = (run: ScriptRun) => number | undefined;

export function logCommands(environment: ScriptEnvironment): Readonly<Record<string, Command>> {
  const { log, xlog, globals } = environment;
  const configured = globals.get('xlog_print_level') ?? globals.get('xlog_default_level');
  const ordinaryLevel = typeof configured === 'number' ? configured : noticeLevel;

  const writeAt = (level: number, text: PreparedArgument) => (run: ScriptRun) => {
    if (xlog.isOn(level)) xlog.write(level, String(text.evaluate(run) ?? ''));
    return 1;
  };
  const writeAtLevelOf = (levelOf: LevelOf, text: PreparedArgument) => (run: ScriptRun) => {
    const level = levelOf(run);
    if (level === undefined) {
      log.error('xlog_2', 'invalid log level value');
      return -1;
    }
    if (xlog.isOn(level)) xlog.write(level, String(text.evaluate(run) ?? ''));
    return 1;
  };

  const writeBare = (level: number, text: PreparedArgument) => (run: ScriptRun) => {
    const line = String(text.evaluate(run) ?? '');
    if (xlog.bare) xlog.bare(level, line);
    else if (xlog.isOn(level)) xlog.write(level, line);
    return 1;
  };

  return {
    xlog: {
      prepare([first, second]) {
        if (!first) return () => 1;
        if (!second?.given) return writeAt(ordinaryLevel, first);
        return typeof first.constant === 'string'
          ? writeAt(constantLevel(first.constant), second)
          : writeAtLevelOf(variableLevel(first), second);
      },
    },
    xdbg: { prepare: ([text]) => (text ? writeAt(debugLevel, text) : () => 1) },
    log: {
      prepare([first, second]) {
        if (!first) return () => 1;
        if (!second?.given) return writeBare(debugLevel, first);
        return writeBare(Number(first.constant ?? debugLevel), second);
      },
    },
    error: (_run, kind, text) => {
      log.error('do_action', `error("${kind}", "${text}") not implemented yet`);
      return 1;
    },
  };
}

/** Errors: a name without one of the letters. */
function constantLevel(text: string): number {
  const number = /^-?\d+$/.test(text) ? Number(text) : levelLetters[text[2] ?? ''];
  if (number === undefined) throw new Error(`unknown log level "${text}"`);
  return number;
}

function variableLevel(level: PreparedArgument): LevelOf {
  return (run) => {
    const value = level.evaluate(run);
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    return typeof number === 'number' ? number : undefined;
  };
}
