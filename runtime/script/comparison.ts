import type { Comparison, ComparisonOperator, Expression } from '../../grammar/index.ts';
import type { ScriptValue } from '../module-exports.ts';
import { matchesNetwork, parseIp, parseNetwork } from '../sip/ip-address.ts';
import { compilePattern, type Pattern, PatternError } from '../variables/pattern.ts';
import { compareText, sameText, textOf, toInteger } from '../variables/text.ts';
import type { Test } from './conditions.ts';
import { isMyself } from './myself.ts';
import { compileOperand } from './operands.ts';
import { test } from './result.ts';
import type { Run } from './run.ts';
import { placeOf, report, type Scope } from './scope.ts';
import { compileVariable } from './variables.ts';

type Get = (run: Run) => ScriptValue;

/** What is told when two values do not fit an operator; the comparison is then an error (C: error_op). */
type Misfit = (left: ScriptValue, right: string) => number;

const differs = new Set<ComparisonOperator>(['!=', '!~']);

/**
 * One comparison (C: comp_scriptvar). NULL equals NULL alone; a number compares as text with a text; a text
 * with a number constant is an error, which counts as false and is told in the log.
 */
export function compileComparison(scope: Scope, expression: Comparison): Test {
  const { operator } = expression;
  const left = compileSide(scope, expression.left);
  const right = expression.right.kind === 'Group' ? expression.right.value : expression.right;
  const misfit = compileMisfit(scope, expression);

  switch (right.kind) {
    case 'Null':
      return nullTest(operator, left);
    case 'Number':
      return numberTest(operator, left, toInteger(right.value), misfit);
    case 'String':
      return operator === '=~' || operator === '!~'
        ? patternTest(scope, operator, left, right.value, right)
        : stringTest(operator, left, right.value, isAddressOperand(expression.left));
    case 'Word':
      return textTest(operator, left, right.text);
    case 'Host':
      return right.form === 'ipv4' || right.form === 'ipv6'
        ? networkTest(operator, left, right.text, undefined)
        : textTest(operator, left, right.text);
    case 'IpNetwork':
      return networkTest(operator, left, right.address, right.mask);
    case 'Operand':
      return right.name.toLowerCase() === 'myself'
        ? myselfTest(scope, operator, left)
        : variableTest(operator, left, compileOperand(scope, right), misfit);
    case 'Variable':
      return variableTest(operator, left, compileVariable(scope, right).get, misfit);
    default:
      report(
        scope,
        'script-unusable',
        right.span,
        `a ${right.kind} cannot stand on the right of ${operator}`,
      );
      return () => test.error;
  }
}

/** `src_ip` and `dst_ip` of 2.x, which compare as addresses with texts, too (C: comp_ip). */
function isAddressOperand(side: Expression): boolean {
  return side.kind === 'Operand' && /^(?:src|dst)_ip$/i.test(side.name);
}

function stringTest(operator: ComparisonOperator, left: Get, text: string, isAddress: boolean): Test {
  return isAddress && parseIp(text)
    ? networkTest(operator, left, text, undefined)
    : textTest(operator, left, text);
}

function compileSide(scope: Scope, side: Expression): Get {
  if (side.kind === 'Group') return compileSide(scope, side.value);
  if (side.kind === 'Variable') return compileVariable(scope, side).get;
  if (side.kind === 'Operand') return compileOperand(scope, side);
  if (side.kind === 'Number' || side.kind === 'String') {
    const { value } = side;
    return () => value;
  }
  report(scope, 'script-unusable', side.span, `a ${side.kind} cannot be compared`);
  return () => null;
}

function compileMisfit(scope: Scope, expression: Comparison): Misfit {
  const place = placeOf(scope, expression.span);
  const { log } = scope.environment;
  return (left, right) => {
    const kind = left === null ? 'NULL' : typeof left === 'number' ? 'INTEGER' : 'STRING';
    log.warning(
      'comp_scriptvar',
      `invalid ${expression.operator} operation: left is VARIABLE/${kind}_VAL, right is ${right} at ${place}`,
    );
    return test.error;
  };
}

function truthOf(value: boolean): number {
  return value ? test.true : test.false;
}

function nullTest(operator: ComparisonOperator, left: Get): Test {
  const wanted = operator === '==';
  return (run) => truthOf((left(run) === null) === wanted);
}

/** NULL against something: only the operators of difference are true. */
function againstNull(operator: ComparisonOperator): number {
  return truthOf(differs.has(operator));
}

function numberTest(operator: ComparisonOperator, left: Get, right: number, misfit: Misfit): Test {
  const whenNull = againstNull(operator);
  return (run) => {
    const value = left(run);
    if (value === null) return whenNull;
    if (typeof value !== 'number') return misfit(value, 'NUMBER/NO_VAL');
    return compareNumbers(operator, value, right);
  };
}

function textTest(operator: ComparisonOperator, left: Get, right: string): Test {
  const whenNull = againstNull(operator);
  return (run) => {
    const value = left(run);
    return value === null ? whenNull : compareTexts(operator, String(value), right);
  };
}

function variableTest(operator: ComparisonOperator, left: Get, right: Get, misfit: Misfit): Test {
  const isPattern = operator === '=~' || operator === '!~';
  const whenNull = againstNull(operator);
  const bothNull = truthOf(operator === '==' || operator === '=~');
  const cache: PatternCache = { text: undefined, pattern: undefined };
  return (run) => {
    const a = left(run);
    const b = right(run);
    if (a === null || b === null) return a === b ? bothNull : whenNull;
    if (isPattern)
      return dynamicPatternTest(operator, String(a), String(b), cache) ?? misfit(a, 'a bad regexp');
    if (typeof a === 'number' && typeof b === 'number') return compareNumbers(operator, a, b);
    return compareTexts(operator, String(a), String(b));
  };
}

function compareNumbers(operator: ComparisonOperator, left: number, right: number): number {
  switch (operator) {
    case '==':
    case '=~':
      return truthOf(left === right);
    case '!=':
    case '!~':
      return truthOf(left !== right);
    case '>':
      return truthOf(left > right);
    case '<':
      return truthOf(left < right);
    case '>=':
      return truthOf(left >= right);
    case '<=':
      return truthOf(left <= right);
  }
}

function compareTexts(operator: ComparisonOperator, left: string, right: string): number {
  switch (operator) {
    case '==':
      return truthOf(sameText(left, right));
    case '!=':
      return truthOf(!sameText(left, right));
    case '>':
      return truthOf(compareText(left, right) > 0);
    case '<':
      return truthOf(compareText(left, right) < 0);
    case '>=':
      return truthOf(compareText(left, right) >= 0);
    case '<=':
      return truthOf(compareText(left, right) <= 0);
    case '=~':
    case '!~':
      return test.error;
  }
}

function patternTest(
  scope: Scope,
  operator: ComparisonOperator,
  left: Get,
  text: string,
  node: Expression,
): Test {
  const whenNull = againstNull(operator);
  const wanted = operator === '=~';
  try {
    const pattern = compilePattern(text, { ignoreCase: true });
    return (run) => {
      const value = left(run);
      return value === null ? whenNull : truthOf(pattern.test(textOf(value)) === wanted);
    };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    report(scope, 'regular-expression-unusable', node.span, `bad re "${text}": ${error.message}`);
    return () => test.error;
  }
}

/** The last pattern of one place, because a variable mostly holds the same one again. */
interface PatternCache {
  text: string | undefined;
  pattern: Pattern | undefined;
}

function dynamicPatternTest(
  operator: ComparisonOperator,
  left: string,
  text: string,
  cache: PatternCache,
): number | undefined {
  if (cache.text !== text) {
    cache.text = text;
    cache.pattern = patternOrNothing(text);
  }
  return cache.pattern && truthOf(cache.pattern.test(left) === (operator === '=~'));
}

function patternOrNothing(text: string): Pattern | undefined {
  try {
    return compilePattern(text, { ignoreCase: true });
  } catch {
    return undefined;
  }
}

function networkTest(
  operator: ComparisonOperator,
  left: Get,
  address: string,
  mask: number | string | undefined,
): Test {
  const network = parseNetwork(address, mask);
  const whenNull = againstNull(operator);
  return (run) => {
    const value = left(run);
    if (value === null) return whenNull;
    const inside = network && matchesNetwork(String(value), network);
    return inside === undefined ? test.error : truthOf(inside === (operator === '=='));
  };
}

/** `uri == myself`, `src_ip == myself`, `$rd == myself`. */
function myselfTest(scope: Scope, operator: ComparisonOperator, left: Get): Test {
  return (run) => {
    const value = left(run);
    if (value === null) return test.error;
    return truthOf(isMyself(scope.environment, String(value)) === (operator === '=='));
  };
}
