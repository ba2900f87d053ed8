import type { StringLiteral } from '../ast.ts';
import { diagnostic } from '../findings/diagnostics.ts';
import { walk } from '../walk.ts';
import type { Check } from './facts/context.ts';
import { bracketFaultOf } from './facts/patterns.ts';

/**
 * The brackets of regular expressions on the right of `=~` and `!~` are closed. What else may be wrong with one is told
 * by who compiles it, when a host starts.
 */
export const patternHasItsBrackets: Check = ({ config, environment }) => {
  if (environment.asked !== 'opensips') return [];
  const patterns: StringLiteral[] = [];
  walk(config, {
    enter: (node) => {
      if (node.kind !== 'Comparison' || node.right.kind !== 'String') return;
      if (node.operator === '=~' || node.operator === '!~') patterns.push(node.right);
    },
  });
  return patterns.flatMap(({ value, span }) => {
    const fault = bracketFaultOf(value);
    return fault === undefined ? [] : [diagnostic('regular-expression-unusable', span, fault)];
  });
};
