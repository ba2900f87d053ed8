import { createSource, type IncludeSite, type Segment, type Source, type SourceFile } from './source.ts';

/**
 * The marks that OpenSIPS from 3.0 on puts between the lines of a flattened config before it hands it to the
 * preprocessor of `-p`, and that tell afterwards which line came from which file. Source: cfg_pp.c.
 */
const line = '__OSSPP_LINE__';
const fileBegin = '__OSSPP_FILEBEGIN__';
const fileEnd = '__OSSPP_FILEEND__';

const mark = /^[ \t]*__OSSPP_(?:(LINE)__ +(\d+)|(FILEBEGIN)__ +"(.*)"|(FILEEND)__)[ \t\r]*$/;

const anyMark = /^[ \t]*__OSSPP_(?:LINE|FILEBEGIN|FILEEND)__/m;

/** Whether a text holds marks, so that its own lines are not its files' lines. */
export function hasMarks(text: string): boolean {
  return text.includes('__OSSPP_') && anyMark.test(text);
}

/** Takes the marks out of a text and remembers what they said. */
export function readMarks(text: string, name: string): { readonly source: Source; readonly text: string } {
  const files: SourceFile[] = [];
  const segments: Segment[] = [];
  const kept: string[] = [];
  const open: { readonly file: number; line: number; readonly parent?: IncludeSite }[] = [];
  let offset = 0;
  const place = (column: number) => {
    const at = open.at(-1) ?? { file: 0, line: 1 };
    const parent = at.parent === undefined ? {} : { parent: at.parent };
    segments.push({ offset, file: at.file, line: at.line, column, ...parent });
  };
  const begin = (file: string) => {
    const above = open.at(-1);
    const parent =
      above === undefined
        ? {}
        : { parent: { file: above.file, line: above.line, ...(above.parent && { parent: above.parent }) } };
    open.push({ file: files.push({ name: file, text: '' }) - 1, line: 1, ...parent });
  };

  for (const written of text.split(/(?<=\n)/)) {
    const found = mark.exec(written.replace(/\n$/, ''));
    if (found === null) {
      if (files.length === 0) begin(name);
      place(1);
      kept.push(written);
      offset += written.length;
      const at = open.at(-1);
      if (at !== undefined) at.line += 1;
    } else if (found[1] !== undefined) {
      const at = open.at(-1);
      if (at !== undefined) at.line = Number(found[2]);
    } else if (found[3] !== undefined) begin(found[4] ?? '');
    else open.pop();
  }
  if (files.length === 0) files.push({ name, text: '' });
  const flat = kept.join('');
  return { source: createSource(flat, files, segments), text: flat };
}

/**
 * A flattened text with marks, as a preprocessor gets it: the name of each file where it begins, the number of each
 * line in front of it. `text` is the lexer's text of the same length, in which include lines are blank.
 */
export function writeMarks(source: Source, text: string): string {
  const out: string[] = [];
  const open: string[] = [];
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    const { file, line: number, includedFrom } = source.locate(start);
    const chain = [...includedFrom.map((site) => `${site.file}:${site.line}`), file];
    while (open.length > 0 && !samePath(open, chain)) {
      open.pop();
      out.push(`${fileEnd}\n`);
    }
    for (let depth = open.length; depth < chain.length; depth += 1) {
      open.push(chain[depth] ?? '');
      const named = depth === chain.length - 1 ? file : (includedFrom[depth]?.file ?? '');
      out.push(`${fileBegin} "${named}"\n`);
    }
    const isInclude = source.text.slice(start, end) !== text.slice(start, end);
    out.push(`${line} ${number}\n`, isInclude ? '' : ensureNewline(text.slice(start, end)));
    start = end;
  }
  while (open.pop() !== undefined) out.push(`${fileEnd}\n`);
  return out.join('');
}

/** Whether the files that are open are the first of a chain. */
function samePath(open: readonly string[], chain: readonly string[]): boolean {
  return (
    open.length <= chain.length && open.every((entry, depth) => stem(entry) === stem(chain[depth] ?? ''))
  );
}

function stem(entry: string): string {
  return entry.replace(/:\d+$/, '');
}

function ensureNewline(written: string): string {
  return written.endsWith('\n') ? written : `${written}\n`;
}
