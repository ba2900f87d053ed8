/** Whether a config that is written for `version` has what came with another one: `3.2` is in 3.6. */
export function versionTest(version: string): (since: string) => boolean {
  const own = numberOf(version);
  return (since) => own >= numberOf(since);
}

/** `3.6` → 306. */
function numberOf(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 100 + minor;
}
