import type { Arithmetic, Expression } from '../../grammar/index.ts';
import type { ScriptValue } from '../module-exports.ts';
import { toInteger } from '../variables/text.ts';
import { applyOperator } from './arithmetic.ts';
import { compileEmbedded, compileTest } from './conditions.ts';
import { compileOperand } from './operands.ts';
import type { Run } from './run.ts';
import { placeOf, type Scope } from './scope.ts';
import { type MaybePromise, waits } from './suspend.ts';
import { compileVariable } from './variables.ts';

/** A compiled expression on the right of an assignment; undefined: it has no value, which the log says. */
type Value = (run: Run) => MaybePromise<ScriptValue | undefined>;

/** cfg.y: assignexp. Texts stand as they are, they are not searched for variables. */
export function compileValue(scope: Scope, expression: Expression): Value {
  switch (expression.kind) {
    case 'Number': {
      const value = toInteger(expression.value);
      return () => value;
    }
    case 'String': {
      const { value } = expression;
      return () => value;
    }
    case 'Null':
      return () => null;
    case 'Variable':
      return compileVariable(scope, expression).get;
    case 'Operand':
      return compileOperand(scope, expression);
    case 'Group':
    case 'Evaluation':
      return compileValue(scope, expression.value);
    case 'Word':
    case 'Host': {
      const { text } = expression;
      return () => text;
    }
    case 'IpNetwork': {
      const { address } = expression;
      return () => address;
    }
    case 'Arithmetic':
      return compileArithmetic(scope, expression);
    case 'BitNot':
      return compileBitNot(scope, expression.operand);
    case 'StatementExpression':
      return compileEmbedded(scope, expression);
    case 'Comparison':
    case 'Logical':
    case 'Not':
      return compileTest(scope, expression);
    case 'BrokenExpression':
      return () => undefined;
  }
}

/** Whether a number of this form also counts as text: only those that come out of variables do. */
function isPrintable(expression: Expression): boolean {
  if (expression.kind === 'Group' || expression.kind === 'Evaluation') return isPrintable(expression.value);
  return expression.kind === 'Variable' || expression.kind === 'String';
}

function compileArithmetic(scope: Scope, expression: Arithmetic): Value {
  const left = compileValue(scope, expression.left);
  const right = compileValue(scope, expression.right);
  const printable = isPrintable(expression.right);
  const { log } = scope.environment;
  const place = placeOf(scope, expression.span);
  const complain = (what: string): undefined => {
    log.error('eval_elem', `${what} at ${place}`);
    return undefined;
  };
  const combine = (a: ScriptValue | undefined, b: ScriptValue | undefined) =>
    applyOperator(expression.operator, a, b, printable, complain);

  const secondAfter = (run: Run, a: ScriptValue | undefined): MaybePromise<ScriptValue | undefined> => {
    if (a === undefined) return undefined;
    const b = right(run);
    return waits(b) ? b.then((given) => combine(a, given)) : combine(a, b);
  };

  return (run) => {
    const a = left(run);
    return waits(a) ? a.then((given) => secondAfter(run, given)) : secondAfter(run, a);
  };
}

function compileBitNot(scope: Scope, operand: Expression): Value {
  const value = compileValue(scope, operand);
  const { log } = scope.environment;
  const place = placeOf(scope, operand.span);
  const invert = (given: ScriptValue | undefined) => {
    if (typeof given === 'number') return ~given;
    log.error('eval_elem', `binary NOT on non-numeric value at ${place}`);
    return undefined;
  };
  return (run) => {
    const given = value(run);
    return waits(given) ? given.then(invert) : invert(given);
  };
}
