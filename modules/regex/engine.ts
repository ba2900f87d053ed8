import { createRequire } from 'node:module';
import { type PatternOptions, translate } from './translate.ts';

export type Matches = (text: string) => boolean;

/** A Perl-compatible pattern; matching takes time linear in the text. Errors: throws where it cannot be used. */
export function compile(pattern: string, options: PatternOptions): Matches {
  // re2js is loaded when the first pattern is there.
  const { RE2JS } = createRequire(import.meta.url)('re2js') as typeof import('re2js');
  const expression = RE2JS.compile(translate(pattern, options));
  return (text) => expression.test(text);
}
