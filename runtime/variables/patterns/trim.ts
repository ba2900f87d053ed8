/** What a mere test of a pattern need not look for: whatever may be empty at its ends. */

import { emptyNode, isNullable, type PatternNode } from './pattern-tree.ts';

/** A tree that matches somewhere in exactly the same texts: `.*x+` becomes `x`. */
export function trimForTest(node: PatternNode): PatternNode {
  return trim(trim(node, 'start'), 'end');
}

type Side = 'start' | 'end';

function trim(node: PatternNode, side: Side): PatternNode {
  switch (node.kind) {
    case 'group':
      return trim(node.body, side);
    case 'choice':
      return { kind: 'choice', branches: node.branches.map((branch) => trim(branch, side)) };
    case 'repeat':
      return node.min === 0 ? emptyNode : { kind: 'repeat', body: node.body, min: node.min, max: node.min };
    case 'sequence':
      return trimSequence(node.parts, side);
    default:
      return node;
  }
}

/** A part that may be empty is left out, as long as it is not an assertion: what lies behind it is looked at next. */
function trimSequence(parts: readonly PatternNode[], side: Side): PatternNode {
  const rest = [...parts];
  const outer = () => (side === 'start' ? rest[0] : rest.at(-1));
  for (let part = outer(); part && mayBeLeftOut(part); part = outer()) {
    if (side === 'start') rest.shift();
    else rest.pop();
  }
  const last = outer();
  if (!last) return emptyNode;
  rest[side === 'start' ? 0 : rest.length - 1] = trim(last, side);
  return { kind: 'sequence', parts: rest };
}

function mayBeLeftOut(node: PatternNode): boolean {
  return isNullable(node) && !hasAssertion(node);
}

function hasAssertion(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return false;
    case 'assertion':
      return true;
    case 'sequence':
      return node.parts.some(hasAssertion);
    case 'choice':
      return node.branches.some(hasAssertion);
    default:
      return hasAssertion(node.body);
  }
}
