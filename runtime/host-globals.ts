import type { GlobalValues } from './globals.ts';
import type { HostGlobals } from './module-exports.ts';
import { productVersion } from './version.ts';

/** What modules see of the core's globals. */
export function createHostGlobals(values: GlobalValues): HostGlobals {
  return { serverHeader: serverHeaderOf(values), get: (name) => values.get(name) };
}

/** server_signature says whether there is one; server_header, where given, is the whole line. */
function serverHeaderOf(values: GlobalValues): string | undefined {
  if (!values.flag('server_signature')) return undefined;
  return (
    values.text('server_header') || `Server: tsips (${productVersion} (${process.arch}/${process.platform}))`
  );
}
