import type { TlsFacts } from '../../../modules/tls_mgm/tls-facts.ts';
import { createTlsVariables } from '../../../modules/tls_mgm/tls-variables.ts';
import type { ScriptValue } from '../../../runtime/module-exports.ts';
import { requestText, runOf } from '../module-tools.ts';

/** The values of all variables, by name without `tls_`, of a message over such a connection; over none without facts. */
export function valuesOf(facts: TlsFacts | undefined): Readonly<Record<string, ScriptValue>> {
  const run = runOf(requestText());
  const variables = Object.entries(createTlsVariables(() => facts));
  return Object.fromEntries(variables.map(([name, { get }]) => [name.replace('tls_', ''), get(run, '')]));
}
