import type { Span } from '../ast.ts';
import type { VersionRange } from '../manifest.ts';

/**
 * Forms of the language that only some versions of OpenSIPS accept, both bounds inclusive. The parser accepts all
 * of them and tells which ones it saw; which version a text is for, and what to say of it, is decided elsewhere.
 */
export const syntaxFeatures = {
  'listen keyword': { until: '3.6' },
  'socket keyword': { since: '3.1' },
  'socket on all addresses': { since: '2.2' },
  'socket port range': { since: '3.5' },
  'socket port any': { until: '2.4' },
  'socket options in any order': { since: '3.0' },
  'socket bond': { since: '4.0' },
  'socket option use_children': { until: '3.0' },
  'socket option use_workers': { since: '3.0' },
  'socket option use_auto_scaling_profile': { since: '3.0' },
  'socket option tag': { since: '3.0' },
  'socket option anycast': { since: '2.4' },
  'socket option frag': { since: '3.3' },
  'socket option reuse_port': { since: '3.4' },
  'socket option accept_subdomain': { since: '3.6' },
  'socket option tos': { since: '3.6' },
  'socket option proxy protocol': { since: '4.0' },
  'alias accept_subdomain': { since: '3.6' },
  'workers with auto scaling profile': { since: '3.0' },
  'auto scaling profile': { since: '3.0' },
  'blacklist flags': { since: '3.4' },
  'blacklist without rules': { since: '3.4' },
  'blacklist rule in short form': { since: '3.4' },
  'mem-group': { since: '2.2' },
  'mpath list': { since: '4.0' },
  'modparam value of several strings': { since: '3.4' },
  'event_route sync or async': { until: '2.4' },
  'if without parentheses': { until: '3.0' },
  'while without parentheses': { until: '3.0' },
  'break outside a case': { since: '3.1' },
  esac: { until: '3.0' },
  'bare operand': { until: '2.3' },
  'bare word as value': { until: '2.3' },
  'comparison with an address': { since: '2.4' },
  'number as function argument': { since: '3.0' },
  'variable as function argument': { since: '3.0' },
  'flag name without quotes': { until: '3.0' },
  'flag name in quotes': { since: '3.1' },
  'address as function argument': { until: '3.0' },
  'function without parentheses': { until: '3.0' },
  'route name from a variable': { since: '3.1' },
  'negative route argument': { since: '2.4' },
  'return value without parentheses': { since: '3.1' },
  'return with several values': { since: '3.6' },
  'assert without text': { since: '3.6' },
  'async timeout': { since: '3.1' },
  launch: { since: '2.3' },
  'launch parameter': { since: '3.3' },
  'missing import file': { until: '2.4' },
  'missing include file in a comment': { until: '2.4' },
  'include in the middle of a line': { until: '2.4' },
  'text after an include': { since: '3.0' },
  'last line a comment without line end': { since: '3.0' },
} as const satisfies Record<string, VersionRange>;

export type SyntaxFeature = keyof typeof syntaxFeatures;

/** A form that only some versions accept, seen in a text. */
export interface VersionFact extends VersionRange {
  readonly feature: SyntaxFeature;
  readonly span: Span;
}

/** Makes the fact that a form was seen at a place. */
export function versionFact(feature: SyntaxFeature, span: Span): VersionFact {
  return { feature, span, ...syntaxFeatures[feature] };
}
