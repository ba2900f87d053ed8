import type { Logger, ModuleHost } from '../../runtime/module-exports.ts';
import { namedFlags } from './named-flags.ts';

/** How one lookup() works. */
export interface LookupFlags {
  /** Only contacts that take the method of the request. */
  readonly byMethod: boolean;
  /** One contact alone. */
  readonly noBranches: boolean;
  readonly sortByLatency: boolean;
  /** The branches of the request are looked up too. */
  readonly branches: boolean;
  /** The Request-URI stays as it is. */
  readonly toBranchesOnly: boolean;
  /** Microseconds; 0: any. */
  readonly maxLatency: number;
  readonly fitsUserAgent: ((userAgent: string) => boolean) | undefined;
}

export const plainLookup: LookupFlags = {
  byMethod: false,
  noBranches: false,
  sortByLatency: false,
  branches: false,
  toBranchesOnly: false,
  maxLatency: 0,
  fitsUserAgent: undefined,
};

type Patterns = Pick<ModuleHost, 'regularExpression'>;

/** Whether flags are letters alone: also a file that does not tell its version may be of 2.x to 3.3. */
export function areLookupLetters(text: string): boolean {
  return /^(?:[mbgrieYo]|y\d*|u\/[^/]*\/)*$/.test(text);
}

/** The letters of 2.x to 3.3; a letter that is none is told in the log. */
export function lookupFlagsOfLetters(text: string, patterns: Patterns, log: Logger): LookupFlags {
  const [, expression] = /u\/([^/]*)\//.exec(text) ?? [];
  const letters = text.replace(/u\/[^/]*\//, '');
  const [, latency = '0'] = /y(\d*)/.exec(letters) ?? [];
  for (const [letter] of letters.replace(/y\d*/, '').matchAll(/[^mbgrieYo]/g)) {
    log.warning('parse_lookup_flags', `unsupported flag ${letter} `);
  }
  const has = (letter: string) => letters.includes(letter);
  return {
    byMethod: has('m'),
    noBranches: has('b'),
    sortByLatency: has('Y'),
    branches: has('r'),
    toBranchesOnly: has('o'),
    maxLatency: Number(latency || '0'),
    fitsUserAgent: expression ? userAgentTest(expression, has('i'), patterns) : undefined,
  };
}

const words = [
  'method-filtering',
  'no-branches',
  'global',
  'sort-by-latency',
  'branch',
  'to-branches-only',
  'case-insensitive',
  'extended-regexp',
] as const;
const keys = ['ua-filtering', 'max-ping-latency'] as const;

/** The words of 3.4 on. Errors: an unknown one, or a value that does not fit. */
export function lookupFlagsOfWords(text: string, patterns: Patterns): LookupFlags {
  const { set, values } = namedFlags(text, words, keys);
  const latency = values.get('max-ping-latency') ?? '0';
  if (!/^\d+$/.test(latency)) throw new TypeError(`max-ping-latency [${latency}] value is not an integer`);
  const filter = values.get('ua-filtering');
  return {
    byMethod: set.has('method-filtering'),
    noBranches: set.has('no-branches'),
    sortByLatency: set.has('sort-by-latency'),
    branches: set.has('branch'),
    toBranchesOnly: set.has('to-branches-only'),
    maxLatency: Number(latency),
    fitsUserAgent:
      filter === undefined
        ? undefined
        : userAgentTest(between(filter), set.has('case-insensitive'), patterns),
  };
}

/** Errors: no `/…/`, or nothing in it. */
function between(filter: string): string {
  const [, expression] = /^\/([^/]+)\//.exec(filter) ?? [];
  if (expression === undefined) throw new TypeError(`no regexp between slashes in 'ua-filtering': ${filter}`);
  return expression;
}

function userAgentTest(expression: string, ignoreCase: boolean, { regularExpression }: Patterns) {
  const compiled = regularExpression(expression, { ignoreCase });
  return (userAgent: string) => compiled.test(userAgent);
}
