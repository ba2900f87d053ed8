/** The second door to grammar/: what only tools use of it, and no start has to load. */

export { findingsAsData, type JsonFinding, type JsonFindings, type JsonPlace } from './findings/as-json.ts';
export { formatAsSarif, type SarifFile } from './findings/as-sarif.ts';
export {
  draftMigration,
  type MigratedFile,
  MigratesDownwards,
  type Migration,
  type MigrationChange,
  type MigrationLeftover,
  type MigrationOptions,
  migrate,
} from './migrate.ts';
export { print } from './print/print.ts';
export { type Found, findEntries, type ReferenceEntry } from './reference/entries.ts';
export { printEntries } from './reference/entry-text.ts';
export type { Knowledge } from './reference/knowledge.ts';
export { allModulesSchema, type JsonSchema, moduleSchema } from './reference/param-schema.ts';
