/** What a text loads, all of which the original has seen, and how many of these it could not load. */
export interface Loading {
  readonly modules: readonly string[];
  readonly unloaded: number;
  /** Modules that it said it could not load; it names only the first. */
  readonly named: readonly string[];
}

/**
 * The modules that an original could not load, as its own messages tell: it names some; where it failed at none, all were
 * there; where only as many are in doubt as it failed at, these are the ones.
 *
 * @param suspects Modules that other versions could not load: what they need was not on that machine. Where more are in
 *   doubt than failed, these are the ones.
 */
export function findUnloadable(
  loadings: readonly Loading[],
  suspects: ReadonlySet<string>,
): ReadonlySet<string> {
  const unloadable = new Set(loadings.flatMap(({ named }) => named));
  const loadable = new Set(loadings.flatMap(({ unloaded, modules }) => (unloaded === 0 ? modules : [])));
  for (let known = -1; known !== unloadable.size + loadable.size; ) {
    known = unloadable.size + loadable.size;
    for (const { modules, unloaded } of loadings) {
      const failed = modules.filter((name) => unloadable.has(name)).length;
      const doubtful = modules.filter((name) => !unloadable.has(name) && !loadable.has(name));
      const suspected = doubtful.filter((name) => suspects.has(name));
      const missing = unloaded - failed;
      if (missing === 0) for (const name of doubtful) loadable.add(name);
      else if (missing === doubtful.length) for (const name of doubtful) unloadable.add(name);
      else if (missing === suspected.length) for (const name of suspected) unloadable.add(name);
    }
  }
  return unloadable;
}
