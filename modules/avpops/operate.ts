import type { Command, ModuleHost, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';
import { addValue, removeAt } from './avp-lists.ts';
import { avpIn, fixedValue, flagsOf, partsOf, variableIn } from './read-arguments.ts';

type Operation = (value: number, by: number) => number;

const operations: Readonly<Record<string, Operation>> = {
  add: (value, by) => value + by,
  sub: (value, by) => value - by,
  mul: (value, by) => Math.imul(value, by),
  div: (value, by) => (by === 0 ? 0 : value / by),
  mod: (value, by) => (by === 0 ? 0 : value % by),
  and: (value, by) => value & by,
  or: (value, by) => value | by,
  xor: (value, by) => value ^ by,
  not: (_value, by) => ~by,
};

/**
 * avp_op("$avp(from)/$avp(to)", "operator/value/flags"): puts the result for each integer of the AVP in front of those
 * of the target; `d` takes the source away. Where the value is an AVP with several integers, each goes on from the
 * result of the one before.
 */
export function operateCommand({ log }: Pick<ModuleHost, 'log'>): Command {
  return {
    prepare([names, operation]) {
      const [fromText, toText] = partsOf(names);
      const from = avpIn(names, fromText);
      const to = toText ? avpIn(names, toText) : from;
      const [operator, valueText = '', flagText] = partsOf(operation);
      const apply = Object.hasOwn(operations, operator) ? operations[operator] : undefined;
      if (!apply) throw new TypeError(`unknown operation <${operator}>`);
      const { d: move } = flagsOf(flagText, ['g', 'd']);
      const valuesOf = integersOf(operation, valueText);
      return (run) => {
        const values = valuesOf(run);
        if (values.length === 0) return false;
        if ((operator === 'div' || operator === 'mod') && values.includes(0))
          log.error('ops_op_avp', 'division by 0');
        return operateAll(run, from(run), to(run), values, apply, move);
      };
    },
  };
}

function integersOf(
  argument: PreparedArgument | undefined,
  text: string,
): (run: ScriptRun) => readonly number[] {
  if (text.startsWith('$')) {
    const variable = variableIn(argument, text);
    return (run) =>
      (variable.name === 'avp' ? variable.getAll(run) : [variable.get(run)]).filter(
        (value) => typeof value === 'number',
      );
  }
  const fixed = fixedValue(text);
  if (typeof fixed !== 'number') throw new TypeError('value must be int');
  return () => [fixed];
}

function operateAll(
  run: ScriptRun,
  from: string,
  to: string,
  by: readonly number[],
  apply: Operation,
  move: boolean,
): boolean {
  const sources = [...(run.avps.get(from) ?? [])];
  let place = 0;
  let found = false;
  for (const source of sources) {
    if (typeof source !== 'number') {
      place++;
      continue;
    }
    let result = source;
    for (const one of by) {
      result = apply(result, one) | 0;
      addValue(run, to, result);
      if (from === to) place++;
    }
    if (move) removeAt(run, from, place);
    else place++;
    found = true;
  }
  return found;
}
