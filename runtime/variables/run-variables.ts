import type { RouteLetter, ScriptRun, ScriptValue } from '../module-exports.ts';
import { dated, reading, type VariableEntry } from './entries.ts';
import { wholeNumberOf } from './text.ts';

const routeTypes: Readonly<Record<RouteLetter, string>> = {
  R: 'route',
  F: 'failure_route',
  O: 'onreply_route',
  B: 'branch_route',
  E: 'error_route',
  L: 'local_route',
  S: 'startup_route',
  T: 'timer_route',
  V: 'event_route',
};

/** `$var`, with what it is until the script sets it. */
export function ownVariable(firstValues: ReadonlyMap<string, ScriptValue>): VariableEntry {
  return {
    facts: { description: 'a variable of the run', inner: 'required', writable: true },
    behaviour: {
      get:
        firstValues.size === 0
          ? (run, inner) => run.vars.get(inner) ?? null
          : (run, inner) => (run.vars.has(inner) ? run.vars : firstValues).get(inner) ?? null,
      set: (run, inner, value) => {
        run.vars.set(inner, value);
      },
    },
  };
}

/** What belongs to the run: return codes, parameters, the stack of routes, errors. */
export const runVariables: Readonly<Record<string, VariableEntry>> = {
  rc: reading('what the last function or route answered', (run) => run.returnCode),
  retcode: reading('what the last function or route answered', (run) => run.returnCode),
  param: {
    facts: {
      description: 'a parameter of the route, counted from 1; in an event_route also by its name',
      inner: 'required',
    },
    behaviour: {
      get(run, inner) {
        const frame = run.routeStack.at(-1);
        const number = wholeNumberOf(inner);
        const at = number === undefined ? (frame?.paramNames?.indexOf(inner) ?? -1) : number - 1;
        return frame?.params[at] ?? null;
      },
    },
  },
  return: {
    facts: {
      description: 'what the last route returned behind its code, counted from 0',
      inner: 'required',
      since: '3.6',
    },
    behaviour: { get: (run, inner) => run.returnValues[wholeNumberOf(inner) ?? -1] ?? null },
  },
  route: dated(
    {
      facts: { description: 'the route that runs, `[*]` all that led to it', index: true },
      behaviour: {
        get: (run, _inner, index = 0) => frameText(run, index, routeText),
        getAll: (run) => [run.routeStack.map((_frame, depth) => routeText(run, depth)).join(' > ')],
      },
    },
    { since: '3.2' },
  ),
  'route.name': dated(
    {
      facts: { description: 'the name of the route that runs', index: true },
      behaviour: { get: (run, _inner, index = 0) => frameText(run, index, nameText) },
    },
    { since: '3.3' },
  ),
  'route.type': dated(
    {
      facts: { description: 'the kind of the route that runs', index: true },
      behaviour: { get: (run, _inner, index = 0) => frameText(run, index, typeText) },
    },
    { since: '3.3' },
  ),
  'err.class': reading('what failed, in the error_route', (run) => run.error?.class ?? 0),
  'err.level': reading('how bad it is, in the error_route', (run) => run.error?.level ?? 0),
  'err.info': reading('the error as text, in the error_route', (run) => run.error?.info ?? null),
  'err.rcode': reading('the proposed reply code, in the error_route', (run) => run.error?.replyCode ?? 0),
  'err.rreason': reading(
    'the proposed reply text, in the error_route',
    (run) => run.error?.replyReason ?? null,
  ),
};

/** Index 0 is the route that runs, -1 the one that the run began with. */
function frameText(
  run: ScriptRun,
  index: number,
  text: (run: ScriptRun, depth: number) => ScriptValue,
): ScriptValue {
  const count = run.routeStack.length;
  const fromInside = index < 0 ? index + count : index;
  return fromInside < 0 || fromInside >= count ? null : text(run, count - 1 - fromInside);
}

/** A name that begins with `!` stands for itself: the error_route inside another. */
function routeText(run: ScriptRun, depth: number): string {
  const name = run.routeStack[depth]?.name;
  if (name?.startsWith('!')) return name.slice(1);
  const type = typeText(run, depth);
  return name === undefined ? type : `${type}[${name}]`;
}

function nameText(run: ScriptRun, depth: number): ScriptValue {
  return run.routeStack[depth]?.name ?? null;
}

function typeText(run: ScriptRun, depth: number): string {
  return depth === 0 ? routeTypes[run.routeLetter] : 'route';
}
