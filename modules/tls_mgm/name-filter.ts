import type { ModuleHost } from '../../runtime/module-exports.ts';
import { comparableName } from './server-name.ts';

/** What a domain says of names. */
export interface NameFilter {
  /** As names are compared. */
  readonly text: string;
  /** `any`: every name, and none; `none`: no name was sent. */
  readonly kind: 'exact' | 'pattern' | 'none' | 'any';
  /** Whether a comparable name passes; undefined: no name was sent. */
  readonly passes: (name: string | undefined) => boolean;
}

/** Reads one word of match_sip_domain: a name, a shell pattern, `none`, or `*`. */
export function nameFilter(written: string, globPattern?: ModuleHost['globPattern']): NameFilter {
  const text = comparableName(written);
  if (text === '*') return { text, kind: 'any', passes: () => true };
  if (text === 'none') return { text, kind: 'none', passes: (name) => name === undefined };
  if (!/[*?[]/.test(text) || !globPattern) return { text, kind: 'exact', passes: (name) => name === text };
  const matches = globPattern(text);
  return { text, kind: 'pattern', passes: (name) => name !== undefined && matches(name) };
}
