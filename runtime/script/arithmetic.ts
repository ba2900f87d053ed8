import type { ArithmeticOperator } from '../../grammar/index.ts';
import type { ScriptValue } from '../module-exports.ts';
import { textOf } from '../variables/text.ts';

type Complain = (what: string) => undefined;

/** Integers are those of C: 32 bits, overflow wraps, division cuts towards zero. */
const onNumbers: Readonly<Record<ArithmeticOperator, (left: number, right: number) => number>> = {
  '+': (left, right) => (left + right) | 0,
  '-': (left, right) => (left - right) | 0,
  '*': Math.imul,
  '/': (left, right) => (left / right) | 0,
  '%': (left, right) => (left % right) | 0,
  '&': (left, right) => left & right,
  '|': (left, right) => left | right,
  '^': (left, right) => left ^ right,
  '<<': (left, right) => left << right,
  '>>': (left, right) => left >> right,
};

/**
 * One operator on two values (C: eval_elem, EXPR_O). The left one decides: a number asks for a number (NULL
 * counts as 0), anything else takes `+` as putting texts together. `rightIsPrintable` says that a number on the
 * right may be used as text: numbers from variables may, constants and results may not.
 */
export function applyOperator(
  operator: ArithmeticOperator,
  left: ScriptValue | undefined,
  right: ScriptValue | undefined,
  rightIsPrintable: boolean,
  complain: Complain,
): ScriptValue | undefined {
  if (left === undefined) return undefined;
  if (typeof left === 'number') return calculate(operator, left, right, complain);
  if (operator === '+') {
    if (right === undefined || (typeof right === 'number' && !rightIsPrintable)) {
      return complain('invalid string operands');
    }
    return textOf(left) + textOf(right);
  }
  if (left !== null && (typeof right === 'string' || (typeof right === 'number' && rightIsPrintable))) {
    return combineBits(operator, left, String(right), complain);
  }
  return complain(`Invalid operator : ${operator}`);
}

function calculate(
  operator: ArithmeticOperator,
  left: number,
  right: ScriptValue | undefined,
  complain: Complain,
): number | undefined {
  const number = right === null ? 0 : right;
  if (typeof number !== 'number') return complain('invalid numeric operands');
  if (number === 0 && (operator === '/' || operator === '%')) {
    complain('divide by 0');
    return 0;
  }
  return onNumbers[operator](left, number);
}

/** `&`, `|` and `^` on two texts of one length, byte by byte. */
function combineBits(
  operator: ArithmeticOperator,
  left: string,
  right: string,
  complain: Complain,
): string | undefined {
  if (left.length !== right.length) return complain('Different length string operands');
  if (operator !== '&' && operator !== '|' && operator !== '^') {
    return complain('Only bitwise operations can be applied on strings');
  }
  const combine = onNumbers[operator];
  let answer = '';
  for (let index = 0; index < left.length; index++) {
    answer += String.fromCharCode(combine(left.charCodeAt(index), right.charCodeAt(index)));
  }
  return answer;
}

/** What `+=` and its kin do with the old and the given value (C: do_assign); undefined: they do not fit. */
export function applyAssignmentOperator(
  operator: ArithmeticOperator,
  old: ScriptValue,
  given: ScriptValue,
): ScriptValue | undefined {
  if (old === null || given === null) return undefined;
  if (typeof old === 'string' && typeof given === 'string') return operator === '+' ? old + given : undefined;
  if (typeof old !== 'number' || typeof given !== 'number') return undefined;
  if (given === 0 && (operator === '/' || operator === '%')) return undefined;
  return onNumbers[operator](old, given);
}
