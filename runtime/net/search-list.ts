import { readFile } from 'node:fs/promises';

/** How a name is completed: resolv.conf(5). */
export interface SearchRules {
  readonly domains: readonly string[];
  /** A name with fewer dots is completed before it is asked as it is. */
  readonly dots: number;
}

export async function readSearchRules(): Promise<SearchRules> {
  return searchRules(await readFile('/etc/resolv.conf', 'latin1').catch(() => ''));
}

/** The last `search` or `domain` line counts. */
export function searchRules(text: string): SearchRules {
  let domains: readonly string[] = [];
  let dots = 1;
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'search') domains = words;
    if (keyword === 'domain') domains = words.slice(0, 1);
    if (keyword !== 'options') continue;
    for (const word of words) dots = Number(/^ndots:(\d+)$/.exec(word)?.[1] ?? dots);
  }
  return { domains: domains.filter((domain) => domain !== '.'), dots };
}

/** The names to ask for, one after the other; a dot at the end says that a name is whole. */
export function searchedNames(name: string, { domains, dots }: SearchRules): readonly string[] {
  if (name.endsWith('.')) return [name];
  const completed = domains.map((domain) => `${name}.${domain}`);
  const isLikelyWhole = name.split('.').length > dots;
  return isLikelyWhole ? [name, ...completed] : [...completed, name];
}
