import type {
  Command,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
} from '../../runtime/module-exports.ts';
import { fixedValue, flagsOf, variableIn } from './read-arguments.ts';

type Host = Pick<ModuleHost, 'pattern' | 'globPattern' | 'log'>;
type Test = (value: ScriptValue, wanted: ScriptValue) => boolean;

/** Numbers: -1, 0 or 1 as they compare; undefined where the operator is another. */
const byOrder: Readonly<Record<string, (order: number) => boolean>> = {
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
};

const bitwise: Readonly<Record<string, (value: number, wanted: number) => number>> = {
  and: (value, wanted) => value & wanted,
  or: (value, wanted) => value | wanted,
  xor: (value, wanted) => value ^ wanted,
};

interface Checked {
  readonly operator: string;
  readonly value: string;
  readonly every: boolean;
  readonly anyCase: boolean;
}

/**
 * avp_check("$avp(x)", "operator/value/flags"): true where one of the values passes. Without the flag `g` only the first
 * value of the AVP on the left is looked at; of one on the right always all are.
 */
export function checkCommand(host: Host): Command {
  return {
    prepare([left, right]) {
      const source = variableIn(left, String(left?.constant ?? ''));
      const checked = readChecked(right);
      const test = testOf(host, checked);
      const wanted = wantedOf(right, checked);
      return (run) => {
        const values = source.name === 'avp' ? source.getAll(run) : [source.get(run) ?? ''];
        const looked = checked.every ? values : values.slice(0, 1);
        return looked.some((value) => wanted(run).some((one) => test(value, one)));
      };
    },
  };
}

/** The value may hold slashes: the flags are behind the last one, if they are flags. */
function readChecked(argument: PreparedArgument | undefined): Checked {
  const text = String(argument?.constant ?? '');
  const [, operator = '', value = '', flags] = /^([a-z]+)\/(.+?)(?:\/([giGI]+))?$/s.exec(text) ?? [];
  const known = Object.hasOwn(byOrder, operator) || Object.hasOwn(bitwise, operator);
  if (!known && !['eq', 'ne', 're', 'fm'].includes(operator)) throw new TypeError(`bad operation <${text}>`);
  const { g, i } = flagsOf(flags, ['g', 'i']);
  return { operator, value, every: g, anyCase: i };
}

function wantedOf(
  argument: PreparedArgument | undefined,
  { operator, value }: Checked,
): (run: ScriptRun) => readonly ScriptValue[] {
  if (operator !== 're' && value.startsWith('$')) {
    const variable = variableIn(argument, value);
    return (run) => (variable.name === 'avp' ? variable.getAll(run) : [variable.get(run) ?? '']);
  }
  const fixed = [fixedValue(value)];
  return () => fixed;
}

function testOf(host: Host, { operator, value, anyCase }: Checked): Test {
  if (operator === 're') {
    const matches = host.pattern(String(fixedValue(value)));
    return (given) => typeof given === 'string' && matches(given);
  }
  const texts = operator === 'fm' ? globTest(host) : textTest(operator, anyCase);
  return (given, wanted) => {
    if (typeof given === 'number' && typeof wanted === 'number')
      return compareNumbers(operator, given, wanted);
    if (typeof given === 'string' && typeof wanted === 'string') return texts(given, wanted);
    host.log.error('ops_check_avp', "value types don't match");
    return false;
  };
}

/** Letter case counts, whatever the flags say, as in OpenSIPS. */
function globTest({ globPattern }: Host): (value: string, wanted: string) => boolean {
  return (value, wanted) => globPattern(wanted, { ignoreCase: false })(value);
}

function compareNumbers(operator: string, value: number, wanted: number): boolean {
  if (operator === 'eq') return value === wanted;
  if (operator === 'ne') return value !== wanted;
  const bits = Object.hasOwn(bitwise, operator) ? bitwise[operator] : undefined;
  return bits ? bits(value, wanted) !== 0 : (byOrder[operator]?.(value - wanted) ?? false);
}

/** Order never asks for letter case; `eq` and `ne` do, unless the flag `i` is there. */
function textTest(operator: string, anyCase: boolean): (value: string, wanted: string) => boolean {
  const same = (value: string, wanted: string) =>
    anyCase ? value.toLowerCase() === wanted.toLowerCase() : value === wanted;
  if (operator === 'eq') return same;
  if (operator === 'ne') return (value, wanted) => !same(value, wanted);
  const passes = byOrder[operator] ?? (() => false);
  return (value, wanted) => passes(order(value.toLowerCase(), wanted.toLowerCase()));
}

function order(value: string, wanted: string): number {
  if (value === wanted) return 0;
  return value < wanted ? -1 : 1;
}
