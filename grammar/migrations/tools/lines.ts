import type { LoadModule, ModParam, Span } from '../../ast.ts';
import type { Edit, MigrationContext } from './context.ts';

/** Takes a statement out, with its line where nothing else stands there. */
export function removeStatement({ text }: MigrationContext, { start, end }: Span): Edit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const isAlone =
    /^[ \t]*$/.test(text.slice(lineStart, start)) && /^[ \t\r;]*\n?$/.test(text.slice(end, lineEnd));
  return { span: isAlone ? { start: lineStart, end: lineEnd } : { start, end }, text: '' };
}

/** A line of its own in front of a statement. */
export function insertLineBefore(context: MigrationContext, { start }: Span, line: string): Edit {
  const { text } = context;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  return /^[ \t]*$/.test(indent)
    ? { span: { start: lineStart, end: lineStart }, text: `${indent}${line}${lineEndAt(text, start)}` }
    : { span: { start, end: start }, text: `${line}${lineEndAt(text, start)}` };
}

/** A line of its own behind a statement; what else stands in the statement's line stays with it. */
export function insertLineAfter(context: MigrationContext, { start, end }: Span, line: string): Edit {
  const { text } = context;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? '';
  const rest = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  const isComment = /^[ \t]*(?:#.*)?\r?$/.test(rest);
  const newline = end + rest.length;
  if (!isComment || newline >= text.length) {
    return { span: { start: end, end }, text: `${lineEndAt(text, start)}${indent}${line}` };
  }
  return {
    span: { start: newline + 1, end: newline + 1 },
    text: `${indent}${line}${lineEndAt(text, start)}`,
  };
}

/** How the lines around an offset end. */
export function lineEndAt(text: string, offset: number): '\r\n' | '\n' {
  const newline = text.indexOf('\n', offset);
  return newline > 0 && text.charAt(newline - 1) === '\r' ? '\r\n' : '\n';
}

/** A `loadmodule` line in the manner of another one: with its folder and quotes. */
export function loadModuleLike({ written }: MigrationContext, { path }: LoadModule, name: string): string {
  const raw = written(path.span);
  const quote = raw.charAt(0) === "'" ? "'" : '"';
  const folder = path.value.slice(0, path.value.lastIndexOf('/') + 1);
  return `loadmodule ${quote}${folder}${name}${path.value.endsWith('.so') ? '.so' : ''}${quote}`;
}

/** Gives the module of a `loadmodule` line another name. */
export function renameLoaded(context: MigrationContext, { path }: LoadModule, name: string): Edit {
  const line = loadModuleLike(context, { kind: 'LoadModule', path, span: path.span }, name);
  return { span: path.span, text: line.slice('loadmodule '.length) };
}

/** The names in a modparam's module, `usrloc|registrar`; undefined where it is a pattern of another kind. */
export function namesOfPattern({ module: { value } }: ModParam): readonly string[] | undefined {
  const names = value.split('|');
  return names.every((name) => /^[\w-]+$/.test(name)) ? names : undefined;
}

/** Another module, or none, for one name of a modparam's module. Undefined: its pattern is of another kind. */
export function renameInPattern(
  context: MigrationContext,
  line: ModParam,
  from: string,
  to: string | undefined,
): Edit | undefined {
  const names = namesOfPattern(line);
  if (names === undefined) return undefined;
  const others = names.flatMap((name) => (name.toLowerCase() !== from.toLowerCase() ? [name] : (to ?? [])));
  const left = [...new Set(others)];
  if (left.length === 0) return removeStatement(context, line.span);
  const quote = context.written(line.module.span).charAt(0);
  return { span: line.module.span, text: `${quote}${left.join('|')}${quote}` };
}
