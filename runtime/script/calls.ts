import type { Call } from '../../grammar/index.ts';
import type { CommandResult, ScriptRun, ScriptValue } from '../module-exports.ts';
import { type BoundArgument, compileArguments } from './arguments.ts';
import type { CommandEntry } from './environment.ts';
import { afterLookup, isLookup } from './lookups.ts';
import { inPresentOrder } from './older-forms.ts';
import { result } from './result.ts';
import type { Run } from './run.ts';
import { type Action, placeOf, report, type Scope } from './scope.ts';
import type { MaybePromise } from './suspend.ts';

type Invoke = (run: ScriptRun) => CommandResult | Promise<CommandResult>;

/** A function of the core or of a module; its answer as OpenSIPS's number. */
export function compileCall(scope: Scope, call: Call): Action {
  return compileCommand(scope, call, scope.commands);
}

/** A function among `table`. One that nobody has is a problem, and answers -1 at its place. */
export function compileCommand(
  scope: Scope,
  written: Call,
  table: ReadonlyMap<string, readonly CommandEntry[]>,
): Action {
  const call = inPresentOrder(written);
  const { log } = scope.environment;
  const name = call.name.text;
  const place = placeOf(scope, call.span);
  const entry = findCommand(table.get(name), call.arguments.length);
  if (!entry) {
    report(scope, 'script-name-unknown', call.name.span, `nothing here has the function ${name}()`);
    return () => {
      log.error('do_action', `nothing here has the function ${name}() at ${place}`);
      return result.unspecified;
    };
  }
  const args = compileArguments(scope, call, entry.signature);
  const invoke = prepareCall(scope, call, entry, args);
  /** 0 ends the script: going on as if the function had said no could let through what it was to keep out. */
  const failed = (run: Run, error: unknown): number => {
    const reason = error instanceof Error ? error.message : String(error);
    scope.spot.run = run;
    log.error('do_action', `COMMAND_FAILED: ${name}() of ${entry.module} failed at ${place}: ${reason}`);
    run.failed = true;
    return 0;
  };
  const called: Action = (run) => {
    try {
      const answer = invoke(run);
      return typeof answer === 'number' && Number.isInteger(answer) ? answer : settle(answer, run, failed);
    } catch (error) {
      return isLookup(error) ? afterLookup(error, () => called(run)) : failed(run, error);
    }
  };
  return called;
}

function findCommand(entries: readonly CommandEntry[] | undefined, given: number): CommandEntry | undefined {
  const fits = ({ signature: { params } }: CommandEntry) => {
    const required = params.findLastIndex((kind) => !kind.endsWith('?')) + 1;
    return given >= required && given <= params.length;
  };
  return entries?.find(fits) ?? entries?.[0];
}

function prepareCall(scope: Scope, call: Call, entry: CommandEntry, args: readonly BoundArgument[]): Invoke {
  const { command } = entry;
  if (typeof command !== 'function') {
    try {
      return command.prepare(args);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      report(scope, 'script-unusable', call.span, `${call.name.text}(): ${reason}`);
      return () => result.unspecified;
    }
  }
  const { log } = scope.environment;
  const place = placeOf(scope, call.span);
  const written = args.slice(0, call.arguments.length);
  const missing = (position: number): number => {
    log.error(
      'get_cmd_fixups',
      `Variable in param [${position + 1}] of ${call.name.text}() is unusable at ${place}`,
    );
    return result.unspecified;
  };
  const [first, second] = written;
  if (!first) return (run) => command(run);
  if (!second) {
    return (run) => {
      const value = first.evaluate(run);
      return isMissing(first, value) ? missing(0) : command(run, value);
    };
  }
  return (run) => {
    const values: ScriptValue[] = [];
    for (const [position, argument] of written.entries()) {
      const value = argument.evaluate(run);
      if (isMissing(argument, value)) return missing(position);
      values.push(value);
    }
    return command(run, ...values);
  };
}

/** A written argument that has no value: the function is not called then (C: get_cmd_fixups). */
function isMissing(argument: BoundArgument, value: ScriptValue): boolean {
  return value === null && (argument.given || !argument.optional);
}

function settle(
  answer: CommandResult | Promise<CommandResult>,
  run: Run,
  failed: (run: Run, error: unknown) => number,
): MaybePromise<number> {
  if (typeof answer === 'object') {
    return Promise.resolve(answer).then(numberOf, (error: unknown) => failed(run, error));
  }
  return numberOf(answer);
}

function numberOf(answer: CommandResult): number {
  if (typeof answer === 'number') return Number.isFinite(answer) ? Math.trunc(answer) : result.unspecified;
  return answer === false ? result.unspecified : result.true;
}
