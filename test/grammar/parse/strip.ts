/** A tree without its spans, to compare what it says. */
export function stripSpans(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (spanKeys.has(key) ? undefined : value))) as unknown;
}

const spanKeys: ReadonlySet<string> = new Set(['span', 'nameSpan', 'keywordSpan']);
