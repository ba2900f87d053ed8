import type { RenameFacts } from '../../catalogue.ts';

/** What took the place of a name, in a clause. */
export function renameAdvice({ to, toModule }: RenameFacts): string {
  if (to === undefined) return 'it is gone without a successor';
  const place =
    toModule === undefined ? '' : toModule === 'core' ? ', in the core' : `, in module ${toModule}`;
  return `its name is now ${to}${place}`;
}
