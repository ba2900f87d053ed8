import type { ArithmeticOperator, Assignment, AssignmentOperator } from '../../grammar/index.ts';
import type { ScriptValue } from '../module-exports.ts';
import { applyAssignmentOperator } from './arithmetic.ts';
import { result } from './result.ts';
import type { Run } from './run.ts';
import { type Action, placeOf, type Scope } from './scope.ts';
import { waits } from './suspend.ts';
import { compileValue } from './values.ts';
import { compileVariable } from './variables.ts';

const operations: Readonly<Partial<Record<AssignmentOperator, ArithmeticOperator>>> = {
  '+=': '+',
  '-=': '-',
  '*=': '*',
  '/=': '/',
  '%=': '%',
  '&=': '&',
  '|=': '|',
  '^=': '^',
};

const kindOf = (value: ScriptValue) => (typeof value === 'string' ? 'string' : 'int');

/** `$x = …` and its kin (C: do_assign). What cannot be assigned is told in the log; the answer is then -1. */
export function compileAssignment(scope: Scope, statement: Assignment): Action {
  const target = compileVariable(scope, statement.target);
  const value = compileValue(scope, statement.value);
  const operation = operations[statement.operator];
  const replaceAll = statement.operator === ':=';
  const mayEndScript = statement.value.kind === 'StatementExpression';
  const mayFail = statement.value.kind === 'Comparison';
  const { log } = scope.environment;
  const place = placeOf(scope, statement.span);

  const assign = (run: Run, given: ScriptValue | undefined): number => {
    if (
      given === undefined ||
      (mayEndScript && given === 0) ||
      (mayFail && typeof given === 'number' && given < 0)
    ) {
      log.warning('do_assign', `no value in right expression at ${place}`);
      return result.unspecified;
    }
    const wanted = operation ? combine(run, operation, given) : given;
    if (wanted === undefined) return result.unspecified;
    return target.set(run, wanted, replaceAll) ? result.true : result.unspecified;
  };

  const combine = (run: Run, by: ArithmeticOperator, given: ScriptValue) => {
    const old = target.get(run);
    const wanted = applyAssignmentOperator(by, old, given);
    if (wanted === undefined)
      log.error('do_assign', `${complaint(statement.operator, old, given)} at ${place}`);
    return wanted;
  };

  return (run) => {
    const given = value(run);
    return waits(given) ? given.then((later) => assign(run, later)) : assign(run, given);
  };
}

function complaint(operator: AssignmentOperator, old: ScriptValue, given: ScriptValue): string {
  if (old === null || given === null) {
    return 'NULL value(s) in complex assignment expressions (+=, -=, etc.)';
  }
  if (given === 0) return 'divide by 0';
  return `unsupported operand type(s) for ${operator}: ${kindOf(old)} and ${kindOf(given)}`;
}
