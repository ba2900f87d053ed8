import type { Command, ModuleFactory, ScriptValue } from '../../runtime/module-exports.ts';
import { printDecimals, readNumber, roundHalfAway, toInteger } from './decimals.ts';
import { evaluate } from './evaluate.ts';
import { manifest } from './manifest.ts';
import { evaluateRpn } from './rpn.ts';

export { manifest };

const createModule: ModuleFactory = ({ params, log }) => {
  const decimals = Number(params.decimal_digits);

  /** A result from the texts of all arguments but the second, which it goes to. */
  const storing = (at: number, compute: (text: string, other: ScriptValue) => ScriptValue): Command => ({
    prepare(args) {
      const [first] = args;
      const other = args[at === 1 ? 2 : 1];
      const result = args[at]?.variable;
      return (run) => {
        const text = String(first?.evaluate(run) ?? '');
        const value = compute(text, other?.given ? other.evaluate(run) : null);
        if (value !== null) return result?.set(run, value);
        log.error('math', `Failed to run math expression: <${text}>`);
        return false;
      };
    },
  });

  const printed = (value: number | undefined) =>
    value === undefined ? null : printDecimals(value, decimals);
  const rounding = (round: (value: number) => number) =>
    storing(1, (text) => toInteger(round(readNumber(text))));

  return {
    commands: {
      math_eval: storing(1, (text) => printed(evaluate(text))),
      math_rpn: storing(1, (text) => printed(evaluateRpn(text))),
      math_compare: storing(2, (text, other) => compare(evaluate(text), evaluate(String(other)))),
      math_trunc: rounding(Math.trunc),
      math_floor: rounding(Math.floor),
      math_ceil: rounding(Math.ceil),
      math_round: storing(1, (text, digits) => {
        const number = readNumber(text);
        return digits ? printDecimals(number, Number(digits)) : toInteger(roundHalfAway(number));
      }),
      math_round_sf: storing(1, (text, figures) => {
        const number = readNumber(text);
        if (figures === null) return toInteger(roundHalfAway(number));
        return printDecimals(roundToFigures(number, Number(figures)), decimals);
      }),
    },
    init() {
      log.info('mod_init', 'Module initialized!');
    },
  };
};

export default createModule;

function compare(one: number | undefined, other: number | undefined): ScriptValue {
  return one === undefined || other === undefined ? null : Math.sign(one - other) || 0;
}

function roundToFigures(number: number, figures: number): number {
  const factor = 10 ** (figures - Math.ceil(Math.log10(Math.abs(number))));
  return roundHalfAway(number * factor) / factor;
}
