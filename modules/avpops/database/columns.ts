import type { ModuleHost } from '../../../runtime/module-exports.ts';

/** The names of the columns of a table of AVPs. */
export interface Columns {
  readonly uuid: string;
  readonly username: string;
  readonly domain: string;
  readonly attribute: string;
  readonly value: string;
  readonly type: string;
}

export function columnsOf(params: ModuleHost['params']): Columns {
  const name = (column: string) => String(params[`${column}_column`] ?? column);
  return {
    uuid: name('uuid'),
    username: name('username'),
    domain: name('domain'),
    attribute: name('attribute'),
    value: name('value'),
    type: name('type'),
  };
}
