/** POSIX extended regular expressions as regcomp reads them, in time linear in the text that they are tried on. */

import type { Match, PatternFlags, RegularExpression } from '../module-exports.ts';
import { hasOneWay } from './patterns/ambiguity.ts';
import { beginsAtTextStart, costOf } from './patterns/cost.ts';
import {
  backtrackingFind,
  backtrackingTest,
  type Find,
  linearFind,
  linearTest,
  type Test,
} from './patterns/engines.ts';
import { PatternError, type PatternNode } from './patterns/pattern-tree.ts';
import { readPattern } from './patterns/read-pattern.ts';
import { trimForTest } from './patterns/trim.ts';

export type { Match, RegularExpression as Pattern };
export { PatternError };

/** The longest pattern that is taken. */
export const maxPatternLength = 4096;

/** Steps that a backtracking engine may need from one start, and ways that it may try with one repetition among them. */
const maxSteps = 4096;
const maxWays = 64;

interface PatternOptions extends PatternFlags {
  readonly ignoreCase: boolean;
  /** Places are asked for, too: what cannot be found in linear time is refused at once. Default no. */
  readonly places?: boolean;
}

/** Errors: PatternError. */
export function compilePattern(text: string, options: PatternOptions): RegularExpression {
  if (text.length > maxPatternLength) throw new PatternError(`longer than ${maxPatternLength} characters`);
  const tree = readPattern(text, { ignoreCase: options.ignoreCase, byLine: options.byLine ?? false });
  let find: Find | undefined = options.places ? findOf(tree) : undefined;
  const test: Test = testOf(trimForTest(tree));
  return {
    test,
    find(subject, from = 0) {
      find ??= findOf(tree);
      return find(subject, from);
    },
  };
}

function testOf(tree: PatternNode): Test {
  return testsInLinearTime(tree) ? backtrackingTest(tree) : linearTest(tree);
}

/** A test asks only whether there is a match, so which one is found first does not matter. */
function testsInLinearTime(tree: PatternNode): boolean {
  const { ways, length, loops } = costOf(tree);
  if (loops === 0) return ways * length <= maxSteps;
  if (!beginsAtTextStart(tree)) return false;
  return (loops === 1 && ways <= maxWays && ways * length <= maxSteps) || hasOneWay(tree);
}

function findOf(tree: PatternNode): Find {
  return findsInLinearTime(tree) && hasOneWay(tree) ? backtrackingFind(tree) : linearFind(tree);
}

/** Without an end at the text's start, starts that fail must fail soon: only what ends the pattern may be endless. */
function findsInLinearTime(tree: PatternNode): boolean {
  if (beginsAtTextStart(tree)) return true;
  const { length, loops } = costOf(trimForTest(tree));
  return loops === 0 && length <= maxSteps;
}
