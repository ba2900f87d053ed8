import {
  type AssignmentOperator,
  type Call,
  type Config,
  parseFormattedText,
  type Statement,
  walk,
} from '../../grammar/index.ts';
import type { CommandSignature } from '../module-exports.ts';
import { result } from './result.ts';
import { type Action, placeOf, report, type Scope } from './scope.ts';
import { bindText } from './variables.ts';

export const traceSignatures: Readonly<Record<string, CommandSignature>> = {
  script_trace: {
    params: ['i?', 's!?', 's=?'],
    paramNames: ['level', 'text', 'information'],
    routes: '*',
    description: 'shows every statement of the message from here on in the log; without arguments no longer',
  },
};

/** Whether a config traces anywhere; only then do statements ask whether they are traced. */
export function traces(config: Config): boolean {
  let found = false;
  walk(config, {
    enter(node) {
      if (node.kind === 'Call' && node.name.text === 'script_trace') found = true;
    },
  });
  return found;
}

/** `Deviation:` it holds for the message; in OpenSIPS it holds for the process, and for every message that comes later. */
export function compileScriptTrace(scope: Scope, call: Call): Action {
  const [level, text, information] = call.arguments;
  if (!level) {
    return (run) => {
      run.trace = undefined;
      return result.true;
    };
  }
  if (level.kind !== 'Number' || text?.kind !== 'String') {
    report(scope, 'script-unusable', call.span, 'script_trace() takes a level, a text and an information');
    return () => result.unspecified;
  }
  const shown = bindText(scope, parseFormattedText(text.value, text.span));
  const about = information?.kind === 'String' ? `[${information.value}]` : '';
  const { xlog } = scope.environment;
  const { value } = level;
  return (run) => {
    run.trace = (place, what) =>
      (xlog.bare ?? xlog.write).call(
        xlog,
        value,
        `[Script Trace][${place}]${about}[${what}] -> (${shown.evaluate(run)})\n`,
      );
    return result.true;
  };
}

/** The same statement, told before it runs where its message is traced. */
export function traced(scope: Scope, statement: Statement, action: Action): Action {
  const what = whatOf(statement);
  if (!scope.traces || what === undefined) return action;
  const place = placeOf(scope, statement.span);
  return (run) => {
    run.trace?.(String(place), what);
    return action(run);
  };
}

const assignments: Readonly<Record<AssignmentOperator, string>> = {
  '=': 'equal',
  ':=': 'colon-eq',
  '+=': 'plus-eq',
  '-=': 'minus-eq',
  '*=': 'mult-eq',
  '/=': 'div-eq',
  '%=': 'modulo-eq',
  '&=': 'b-and-eq',
  '|=': 'b-or-eq',
  '^=': 'b-xor-eq',
};

/** Functions that OpenSIPS's grammar knows by name. */
const ofTheGrammar: ReadonlySet<string> = new Set(['xlog', 'xdbg', 'log', 'error']);

/** What a statement is called (C: script_trace in action.c). */
function whatOf(statement: Statement): string | undefined {
  switch (statement.kind) {
    case 'Call': {
      const { text } = statement.name;
      return `${ofTheGrammar.has(text) ? 'core' : 'module'} ${text}`;
    }
    case 'Assignment':
      return `assign ${assignments[statement.operator]}`;
    case 'RouteCall':
      return `route ${statement.name.kind === 'Name' ? statement.name.text : 'by variable'}`;
    case 'Jump':
      return `core ${statement.keyword}`;
    case 'If':
      return 'core if';
    case 'While':
      return 'core while';
    case 'ForEach':
      return 'core for-each';
    case 'Switch':
      return 'core switch';
    case 'Async':
      return `async ${statement.call.name.text}`;
    case 'Launch':
      return `launch ${statement.call.name.text}`;
    default:
      return undefined;
  }
}
