/** How much work a backtracking engine can have with a pattern, from one place of the text. */

import type { PatternNode } from './pattern-tree.ts';

export interface Cost {
  /** The ways through the pattern, those of repetitions without an end not counted. */
  readonly ways: number;
  /** Characters of the longest match, those of repetitions without an end not counted. */
  readonly length: number;
  /** Repetitions without an end; infinite where one stands inside another repetition. */
  readonly loops: number;
}

export function costOf(node: PatternNode): Cost {
  switch (node.kind) {
    case 'set':
      return { ways: 1, length: 1, loops: 0 };
    case 'assertion':
      return { ways: 1, length: 0, loops: 0 };
    case 'group':
      return costOf(node.body);
    case 'sequence':
      return node.parts.map(costOf).reduce(
        (sum, part) => ({
          ways: sum.ways * part.ways,
          length: sum.length + part.length,
          loops: sum.loops + part.loops,
        }),
        { ways: 1, length: 0, loops: 0 },
      );
    case 'choice':
      return node.branches.map(costOf).reduce(
        (sum, branch) => ({
          ways: sum.ways + branch.ways,
          length: Math.max(sum.length, branch.length),
          loops: sum.loops + branch.loops,
        }),
        { ways: 0, length: 0, loops: 0 },
      );
    case 'repeat':
      return costOfRepeat(costOf(node.body), node.min, node.max);
  }
}

function costOfRepeat(body: Cost, min: number, max: number): Cost {
  const times = max === Number.POSITIVE_INFINITY ? Math.max(min, 1) : max;
  const endless = max === Number.POSITIVE_INFINITY ? 1 : 0;
  let ways = 0;
  for (let count = Math.min(min, times); count <= times && ways < 1e6; count++) ways += body.ways ** count;
  return {
    ways,
    length: body.length * times,
    loops: endless + (times > 1 || endless ? body.loops * Number.POSITIVE_INFINITY || 0 : body.loops),
  };
}

/** Whether no match can begin anywhere but at the start of the text. */
export function beginsAtTextStart(node: PatternNode): boolean {
  switch (node.kind) {
    case 'assertion':
      return node.at === 'text-start';
    case 'group':
      return beginsAtTextStart(node.body);
    case 'repeat':
      return node.min > 0 && beginsAtTextStart(node.body);
    case 'choice':
      return node.branches.every(beginsAtTextStart);
    case 'sequence': {
      const [first] = node.parts;
      return first !== undefined && beginsAtTextStart(first);
    }
    default:
      return false;
  }
}
