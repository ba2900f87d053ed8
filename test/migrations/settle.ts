import type { Catalogue } from '../../grammar/catalogue.ts';
import { draftMigration, type Migration } from '../../grammar/migrate.ts';
import { createParser } from '../../grammar/parse/parse.ts';
import { givenVersion } from '../../grammar/versions/versions.ts';
import { judgeConfig } from '../../runtime/check-file.ts';

/** Migrates texts as `tsips migrate` does: what the new version says of a result is listed too. */
export interface SettlingMigrator {
  /** @param from guessed where it is absent */
  run(text: string, to: string, from?: string): Promise<Migration>;
  /** What keeps a migration from being settled; nothing where a second run finds nothing to do or to list anew. */
  unsettled(first: Migration): Promise<readonly string[]>;
}

export function createMigrator(catalogue: Catalogue): SettlingMigrator {
  const parse = createParser();
  const judged = async (text: string, to: string, from?: string) => {
    const options = { name: 'test.cfg', catalogue, parse, to, ...(from !== undefined && { from }) };
    const draft = draftMigration(text, options);
    const findings = await judgeConfig(draft.parsed, givenVersion(to), { bases: [] });
    return { migration: draft.finish(findings), findings, source: draft.parsed.source };
  };
  return {
    run: async (text, to, from) => (await judged(text, to, from)).migration,
    unsettled: async (first) => {
      const text = textOf(first);
      const { migration: second, findings, source } = await judged(text, first.to);
      const told = new Set(second.left.map(({ line }) => line));
      const untold = findings.flatMap(({ severity, span, message }) => {
        const { line } = source.locate(span.start);
        return severity === 'note' || told.has(line) ? [] : [`line ${line} is not listed: ${message}`];
      });
      return [
        ...(textOf(second) === text ? [] : ['a second run changes the text']),
        ...second.done.map(({ line, message }) => `a second run does something in line ${line}: ${message}`),
        ...(second.left.length === first.left.length ? [] : ['a second run lists other places']),
        ...untold,
      ];
    },
  };
}

export const textOf = ({ files }: Migration): string => files[0]?.text ?? '';
