import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';
import { bracketFaultOf } from './facts/patterns.ts';

/**
 * The brackets of regular expressions on the right of `=~` and `!~` are closed. What else may be wrong with one is told
 * by who compiles it, when a host starts.
 */
export const patternHasItsBrackets: Check = ({ script, environment }) => {
  if (environment.asked !== 'opensips') return [];
  return script.patterns.flatMap(({ value, span }) => {
    const fault = bracketFaultOf(value);
    return fault === undefined ? [] : [diagnostic('regular-expression-unusable', span, fault)];
  });
};
