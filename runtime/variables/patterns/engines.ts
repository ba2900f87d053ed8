/** The two engines behind patterns: V8's for trees that cannot take it long, re2js for the others. */

import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import type { Match } from '../../module-exports.ts';
import { PatternError, type PatternNode } from './pattern-tree.ts';
import { javaScript, printPattern, re2 } from './print-pattern.ts';

export type Test = (text: string) => boolean;
export type Find = (text: string, from: number) => Match | undefined;

export function backtrackingTest(tree: PatternNode): Test {
  const expression = new RegExp(printPattern(tree, javaScript));
  return (text) => expression.test(text);
}

export function backtrackingFind(tree: PatternNode): Find {
  const expression = new RegExp(printPattern(tree, javaScript), 'g');
  return (text, from) => {
    expression.lastIndex = from;
    const found = expression.exec(text);
    return found ? { start: found.index, end: found.index + found[0].length, groups: found } : undefined;
  };
}

export function linearTest(tree: PatternNode): Test {
  const expression = compileLinear(tree);
  return (text) => expression.test(text);
}

/**
 * The match is the longest of the leftmost ones, as POSIX has it. Deviation: where brackets may share it in several ways,
 * the first that a greedy search would take counts, where POSIX prefers the longest first bracket.
 */
export function linearFind(tree: PatternNode): Find {
  const expression = compileLinear(tree);
  return (text, from) => {
    const matcher = expression.matcher(text);
    if (!matcher.find(from)) return undefined;
    const groups: (string | undefined)[] = [];
    for (let group = 0; group <= matcher.groupCount(); group++)
      groups.push(matcher.group(group) ?? undefined);
    return { start: matcher.start(), end: matcher.end(), groups };
  };
}

/** Loaded when the first pattern needs it: most configs have none. Errors: PatternError. */
function compileLinear(tree: PatternNode): RE2JS {
  const { RE2JS: library } = createRequire(import.meta.url)('re2js') as typeof import('re2js');
  try {
    return library.compile(printPattern(tree, re2), library.LONGEST_MATCH);
  } catch (error) {
    if (error instanceof PatternError) throw error;
    throw new PatternError(error instanceof Error ? error.message : String(error));
  }
}
