import {
  countSeverities,
  type Diagnostic,
  formatDiagnostics,
  lifetimeOf,
  toUnicode,
  type VersionReason,
} from '../../grammar/index.ts';
import { findingsAsData, formatAsSarif } from '../../grammar/tools.ts';
import { type CheckedFile, checkFile } from '../check-file.ts';
import { reasonOf } from '../host-error.ts';
import { formatTime } from '../log/index.ts';
import type { Logger } from '../module-exports.ts';
import { productVersion } from '../version.ts';
import { readConfig } from './config-text.ts';
import { FAILED, OK, WARNED } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { guessLines } from './version-text.ts';
import type { WordLine } from './word-line.ts';

interface Around {
  readonly core: Pick<Logger, 'error'>;
  readonly terminal: Pick<Terminal, 'print' | 'outputColour'>;
}

/** `tsips check`: judges each file, tells all findings, and answers the exit code. */
export async function checkFiles(line: WordLine, { core, terminal }: Around): Promise<number> {
  const checked: CheckedFile[] = [];
  let unreadable = 0;
  for (const word of line.words) {
    try {
      checked.push(await checkOne(word, line));
    } catch (error) {
      core.error('check', reasonOf(error));
      unreadable++;
    }
  }
  terminal.print(formatted(checked, line.format ?? 'human', terminal.outputColour));
  const { error, warning } = countSeverities(checked.flatMap(({ diagnostics }) => diagnostics));
  if (error > 0 || unreadable > 0) return FAILED;
  return warning > 0 && line.flags.has('strict') ? WARNED : OK;
}

async function checkOne(word: string, { version, forTsips, flags }: WordLine): Promise<CheckedFile> {
  const { name, file, text } = await readConfig(word);
  return checkFile({
    config: text,
    name,
    ...(file !== undefined && { file }),
    ...(version !== undefined && { version }),
    hostToo: forTsips,
    onThisHost: flags.has('on-this-host'),
    folder: process.cwd(),
  });
}

function formatted(checked: readonly CheckedFile[], format: string, colour: boolean): string {
  switch (format) {
    case 'json':
      return asJson(checked);
    case 'sarif':
      return formatAsSarif(
        checked.map(({ parsed: { source }, diagnostics, version: { version, certainty } }) => ({
          source,
          diagnostics,
          properties: { opensips: version, certainty },
        })),
        { name: 'tsips', version: productVersion },
      );
    default:
      return checked
        .map((one) => asText(one, format === 'opensips' ? 'opensips' : 'human', colour))
        .join('\n');
  }
}

function asText(
  { parsed: { source }, version, diagnostics, statements }: CheckedFile,
  format: 'human' | 'opensips',
  colour: boolean,
): string {
  const prefix = () => `${formatTime(Date.now())} [${process.pid}] `;
  const findings = formatDiagnostics(diagnostics, source, { format, colour, prefix });
  const guess = guessLines(version, source).map((text) =>
    format === 'opensips' ? `${prefix()}NOTICE:core:check: ${text}\n` : `${text}\n`,
  );
  const name = toUnicode(source.name);
  const share = statements ? `${name}: ${shareInWords(statements)}\n` : '';
  const parts = [guess.join(''), findings, `${name}: ${counted(diagnostics)}\n${share}`];
  return parts.filter((part) => part !== '').join(format === 'human' ? '\n' : '');
}

function counted(diagnostics: readonly Diagnostic[]): string {
  const { error, warning, note } = countSeverities(diagnostics);
  const some = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  return `${some(error, 'error')}, ${some(warning, 'warning')}, ${some(note, 'note')}`;
}

function shareInWords({ all, here }: NonNullable<CheckedFile['statements']>): string {
  // Not rounded up: 100 % are all of them.
  const percent = all === 0 ? 100 : Math.floor((here / all) * 100);
  return `${here} of ${all} statements run here (${percent} %)`;
}

/** One document for all files. */
function asJson(checked: readonly CheckedFile[]): string {
  const { error, warning, note } = countSeverities(checked.flatMap(({ diagnostics }) => diagnostics));
  const files = checked.map((one) => ({
    ...findingsAsData(one.diagnostics, one.parsed.source),
    opensips: versionAsData(one),
    ...(one.statements && { statements: one.statements }),
  }));
  return `${JSON.stringify({ errors: error, warnings: warning, notes: note, files }, undefined, 2)}\n`;
}

function versionAsData({ version: guess, parsed: { source } }: CheckedFile) {
  const told = (reasons: readonly VersionReason[]) =>
    reasons.map((reason) => {
      const { file, line, column } = source.locate(reason.span.start);
      return {
        what: toUnicode(reason.what),
        exists: lifetimeOf(reason),
        file: toUnicode(file),
        line,
        column,
      };
    });
  const { version, certainty, candidates, newEnough, reasons, misfits } = guess;
  return {
    version,
    certainty,
    candidates,
    notOlder: told(newEnough),
    notNewer: told(reasons),
    misfits: told(misfits),
  };
}
