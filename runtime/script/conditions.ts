import type { Expression, StatementExpression } from '../../grammar/index.ts';
import type { ScriptValue } from '../module-exports.ts';
import { compileComparison } from './comparison.ts';
import { waitingForLookups } from './lookups.ts';
import { compileOperand } from './operands.ts';
import { test } from './result.ts';
import type { Run } from './run.ts';
import type { Action, Scope } from './scope.ts';
import { compileStatements } from './statements.ts';
import { type MaybePromise, waits } from './suspend.ts';
import { compileValue } from './values.ts';
import { compileVariable } from './variables.ts';

/** A compiled condition; answers a value of `test`. */
export type Test = (run: Run) => MaybePromise<number>;

/** What stands in `if (…)`, `while (…)`, `assert(…)` (C: eval_expr without a value). */
export function compileTest(scope: Scope, expression: Expression): Test {
  switch (expression.kind) {
    case 'Comparison':
      return waitingForLookups(scope, () => compileComparison(scope, expression));
    case 'Logical':
      return compileLogical(scope, expression);
    case 'Not':
      return compileNot(scope, expression.operand);
    case 'Group':
      return compileTest(scope, expression.value);
    case 'Evaluation':
      return compileTruth(scope, expression.value);
    case 'StatementExpression':
      return compileStatementTest(scope, expression);
    case 'Variable': {
      return waitingForLookups(scope, () => {
        const { get } = compileVariable(scope, expression);
        return (run) => truth(get(run));
      });
    }
    case 'Operand': {
      const get = compileOperand(scope, expression);
      return (run) => truth(get(run));
    }
    case 'Number': {
      const answer = truth(expression.value);
      return () => answer;
    }
    case 'String': {
      const answer = truth(expression.value);
      return () => answer;
    }
    case 'Arithmetic':
    case 'BitNot':
      return compileTruth(scope, expression);
    case 'Null':
    case 'Word':
    case 'Host':
    case 'IpNetwork':
    case 'BrokenExpression':
      return () => test.false;
  }
}

/** A variable alone: NULL, 0 and the empty text are false, every other text is true ("0" too). */
function truth(value: ScriptValue): number {
  return value === null || value === 0 || value === '' ? test.false : test.true;
}

/** Short circuit; an error or a script that was left ends the whole (C: AND_OP, OR_OP). */
function compileLogical(scope: Scope, expression: Extract<Expression, { kind: 'Logical' }>): Test {
  const left = compileTest(scope, expression.left);
  const right = compileTest(scope, expression.right);
  const goesOn = expression.operator === 'and' ? test.true : test.false;
  return (run) => {
    const first = left(run);
    if (waits(first)) return first.then((given) => (given === goesOn ? right(run) : given));
    return first === goesOn ? right(run) : first;
  };
}

function compileNot(scope: Scope, operand: Expression): Test {
  const inner = compileTest(scope, operand);
  return (run) => {
    const value = inner(run);
    return waits(value) ? value.then(opposite) : opposite(value);
  };
}

/** Errors stay errors. */
function opposite(value: number): number {
  if (value < 0) return value;
  return value === 0 ? test.true : test.false;
}

/** `[ … ]`: the truth of a value. A variable that has any text is true there, 0 too (C: VALUE_OP). */
function compileTruth(scope: Scope, expression: Expression): Test {
  if (expression.kind === 'Group') return compileTruth(scope, expression.value);
  if (expression.kind === 'Variable') {
    return waitingForLookups(scope, () => {
      const { get } = compileVariable(scope, expression);
      return (run) => (get(run) === null ? test.false : test.true);
    });
  }
  if (expression.kind !== 'Arithmetic' && expression.kind !== 'BitNot') return compileTest(scope, expression);
  const value = compileValue(scope, expression);
  const judge = (given: ScriptValue | undefined) => (given === undefined ? test.false : truth(given));
  return (run) => {
    const given = value(run);
    return waits(given) ? given.then(judge) : judge(given);
  };
}

function compileStatementTest(scope: Scope, expression: StatementExpression): Test {
  const action = compileEmbedded(scope, expression);
  return (run) => {
    const answer = action(run);
    return waits(answer) ? answer.then(testOfAnswer) : testOfAnswer(answer);
  };
}

/** A function, an assignment, an `if` or a block that stands as a value; an empty one answers false. */
export function compileEmbedded(scope: Scope, expression: StatementExpression): Action {
  const { statement } = expression;
  const statements = statement.kind === 'Block' ? statement.statements : [statement];
  return compileStatements(scope, statements) ?? (() => -1);
}

function testOfAnswer(answer: number): number {
  if (answer === 0) return test.drop;
  return answer > 0 ? test.true : test.false;
}
