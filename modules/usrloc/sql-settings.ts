import type { Database, Logger } from '../../runtime/module-exports.ts';
import type { RowTools } from './rows.ts';

/** What the contacts of a database need. */
export interface SqlSettings {
  readonly database: Database;
  readonly log: Logger;
  readonly rows: RowTools;
  /** `through`: each change is in the database before the REGISTER is answered; `back`: at the next sweep. */
  readonly write: 'through' | 'back';
  /** False: sql-only, nothing is kept in memory. */
  readonly inMemory: boolean;
  /** regen_broken_contactid */
  readonly renewBrokenIds: boolean;
  /** UNIX seconds. */
  now(): number;
}
