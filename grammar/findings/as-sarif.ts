import type { Span } from '../ast.ts';
import type { Source } from '../text/source.ts';
import { type DiagnosticCode, diagnosticCodes } from './diagnostic-codes.ts';
import type { Diagnostic, Fix, Severity } from './diagnostics.ts';
import { columnsOf, toUnicode } from './readable-text.ts';

/** A file with its findings. */
export interface SarifFile {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
  /** What else is known of the file; goes into its property bag. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** The findings of several files as one SARIF 2.1.0 log with a line end behind it. Columns count characters. */
export function formatAsSarif(
  files: readonly SarifFile[],
  tool: { readonly name: string; readonly version: string },
): string {
  const codes = [...new Set(files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)))].sort();
  const run = {
    tool: { driver: { ...tool, rules: codes.map((code) => ruleOf(code, files)) } },
    columnKind: 'unicodeCodePoints',
    artifacts: files.map(({ source, properties }) => ({
      location: artifactOf(source.name),
      ...(properties && { properties }),
    })),
    results: files.flatMap(({ source, diagnostics }) =>
      diagnostics.map((diagnostic) => resultOf(diagnostic, source, codes)),
    ),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** The codes of modules stand in no table: what they say is that of their first finding. */
function ruleOf(code: Diagnostic['code'], files: readonly SarifFile[]) {
  const facts = isCodeOfTable(code) ? diagnosticCodes[code] : firstOf(code, files);
  return {
    id: code,
    shortDescription: { text: toUnicode(facts.what) },
    fullDescription: { text: toUnicode(facts.why) },
    help: { text: toUnicode(facts.help) },
    defaultConfiguration: { level: levels[facts.severity] },
  };
}

function firstOf(code: Diagnostic['code'], files: readonly SarifFile[]) {
  const found = files.flatMap(({ diagnostics }) => diagnostics).find((one) => one.code === code);
  const { message = '', why = '', help = '', severity = 'note' as const } = found ?? {};
  return { what: message, why, help, severity };
}

function isCodeOfTable(code: Diagnostic['code']): code is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, code);
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'note' };

function resultOf(diagnostic: Diagnostic, source: Source, codes: readonly Diagnostic['code'][]) {
  const { code, severity, message, why, help, span, notes, fix } = diagnostic;
  const text = [message, why, help].filter((part) => part !== '').join('. ');
  const places = notes.flatMap((note) => (note.span ? [{ ...note, span: note.span }] : []));
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: toUnicode(text) },
    locations: [{ physicalLocation: placeOf(span, source) }],
    ...(places.length > 0 && {
      relatedLocations: places.map((note, id) => ({
        id,
        message: { text: toUnicode(note.message) },
        physicalLocation: placeOf(note.span, source),
      })),
    }),
    ...(fix && { fixes: [fixOf(fix, help, source)] }),
  };
}

function fixOf({ span, text }: Fix, help: string, source: Source) {
  const { artifactLocation, region } = placeOf(span, source);
  const replacement = { deletedRegion: region, insertedContent: { text: toUnicode(text) } };
  return {
    description: { text: toUnicode(help) },
    artifactChanges: [{ artifactLocation, replacements: [replacement] }],
  };
}

function placeOf(span: Span, source: Source) {
  const start = source.locate(span.start);
  const end = source.locate(span.end);
  // An included file may begin where the span ends.
  const sameFile = end.file === start.file && end.line >= start.line;
  return {
    artifactLocation: artifactOf(start.file),
    region: {
      startLine: start.line,
      startColumn: columnAt(span.start, start.column, source),
      endLine: sameFile ? end.line : start.line,
      endColumn: sameFile
        ? columnAt(span.end, end.column, source)
        : columnAt(span.start, start.column, source) + 1,
    },
  };
}

/** A column in characters; of a line that is put together of several files only that in bytes is known. */
function columnAt(offset: number, inBytes: number, source: Source): number {
  const line = source.lineAt(offset);
  const before = source.text.slice(line.start, offset);
  return before.length === inBytes - 1 ? columnsOf(toUnicode(before)) + 1 : inBytes;
}

/** A path as a relative reference; an absolute one as a file URI. */
function artifactOf(name: string): { readonly uri: string } {
  const path = toUnicode(name).split('/').map(encodeURIComponent).join('/');
  return { uri: path.startsWith('/') ? `file://${path}` : path };
}
