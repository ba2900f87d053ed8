import type { Span } from '../ast.ts';
import type { Source } from '../text/source.ts';
import { type DiagnosticCode, diagnosticCodes } from './diagnostic-codes.ts';
import { countSeverities, type Diagnostic, type Severity } from './diagnostics.ts';
import { toUnicode } from './readable-text.ts';
import { spanPosition } from './span-position.ts';

/** A place in JSON: lines and columns from 1, columns in bytes, the end behind the last byte. */
export interface JsonPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The include lines that led there, outermost first. */
  readonly includedFrom: readonly { readonly file: string; readonly line: number }[];
}

/** One finding in JSON. */
export interface JsonFinding extends JsonPlace {
  readonly severity: Severity;
  readonly code: string;
  /** What the code stands for in general; the message, where it is a module's own. */
  readonly what: string;
  readonly message: string;
  readonly why: string;
  readonly help: string;
  readonly context?: JsonPlace;
  readonly notes: readonly ({ readonly message: string } & Partial<JsonPlace>)[];
  readonly fix?: JsonPlace & { readonly text: string };
  /** OpenSIPS's own `-C` passes over it; its start fails. */
  readonly atStart?: true;
}

/** The whole document. */
export interface JsonFindings {
  readonly file: string;
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly findings: readonly JsonFinding[];
}

/** All findings as one JSON document with a line end behind it. */
export function formatAsJson(diagnostics: readonly Diagnostic[], source: Source): string {
  return `${JSON.stringify(findingsAsData(diagnostics, source), undefined, 2)}\n`;
}

/** The same as data. */
export function findingsAsData(diagnostics: readonly Diagnostic[], source: Source): JsonFindings {
  const { error, warning, note } = countSeverities(diagnostics);
  return {
    file: toUnicode(source.name),
    errors: error,
    warnings: warning,
    notes: note,
    findings: diagnostics.map((diagnostic) => findingOf(diagnostic, source)),
  };
}

function findingOf(diagnostic: Diagnostic, source: Source): JsonFinding {
  const { severity, code, message, why, help, span, context, notes, fix, atStart } = diagnostic;
  return {
    severity,
    code,
    ...placeOf(span, source),
    message: toUnicode(message),
    what: isCodeOfTable(code) ? diagnosticCodes[code].what : toUnicode(message),
    why: toUnicode(why),
    help: toUnicode(help),
    ...(context && { context: placeOf(context, source) }),
    notes: notes.map((note) => ({
      message: toUnicode(note.message),
      ...(note.span && placeOf(note.span, source)),
    })),
    ...(fix && { fix: { text: toUnicode(fix.text), ...placeOf(fix.span, source) } }),
    ...(atStart && { atStart }),
  };
}

function isCodeOfTable(code: Diagnostic['code']): code is DiagnosticCode {
  return Object.hasOwn(diagnosticCodes, code);
}

function placeOf(span: Span, source: Source): JsonPlace {
  const { file, line, column, endLine, endColumn, includedFrom } = spanPosition(source, span);
  return {
    file: toUnicode(file),
    line,
    column,
    endLine,
    endColumn,
    includedFrom: includedFrom.map((site) => ({ file: toUnicode(site.file), line: site.line })),
  };
}
