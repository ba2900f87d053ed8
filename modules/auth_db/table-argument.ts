import type { MaybePromise, PreparedArgument, ScriptRun } from '../../runtime/module-exports.ts';
import type { Layout, TableVersions } from './table-versions.ts';

/** Works with the table that an argument names. */
type WithTable = (run: ScriptRun, work: (table: string) => MaybePromise<number>) => MaybePromise<number>;

/** A table that stands in the script is looked at before the start, another one at each call: -1 where it does not fit. */
export function tableArgument(
  argument: PreparedArgument | undefined,
  layout: Layout,
  versions: TableVersions,
): WithTable {
  const { constant } = argument ?? {};
  if (typeof constant === 'string') {
    versions.expect(constant, layout);
    return (_run, work) => work(constant);
  }
  return (run, work) => {
    const table = String(argument?.evaluate(run) ?? '');
    const go = (fits: boolean) => (fits ? work(table) : -1);
    const fits = versions.fits(table, layout);
    return fits instanceof Promise ? fits.then(go) : go(fits);
  };
}
