import type { ModuleHost } from '../../runtime/module-exports.ts';
import type { Transaction } from './transaction-manager.ts';

/**
 * The table for what is answered: up to 2.1 the AVP of db_table_avp may name another one (acc_logic.c: acc_onreply), where
 * it holds a text.
 */
export function tableReader(host: ModuleHost, table: string): (transaction: Transaction) => string {
  const { params, script, version, log } = host;
  const text = params.db_table_avp;
  const variable = version === '2.1' && text !== undefined ? script.variable(String(text)) : undefined;
  if (!variable) return () => table;
  return ({ run }) => {
    const value = variable.get(run);
    if (typeof value === 'string' && value !== '') return value;
    if (value !== null) log.warning('acc_onreply', `invalid integer table name: using default ${table}`);
    return table;
  };
}
