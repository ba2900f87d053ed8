import { isContainer, type JsonNode } from './json-node.ts';

/** How a value is printed: `spaced` with a blank around its parts, `pretty` over several lines, `compact` without. */
export interface Style {
  readonly layout: 'spaced' | 'pretty' | 'compact';
  /** `/` as `\/`. */
  readonly escapeSlash: boolean;
  /** Numbers in their shortest form, `1.0` as `1`; else as they were written. */
  readonly shortNumbers?: boolean;
}

/** Links can make a short text large. */
const maxLength = 1_048_576;

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** As json-c prints it. Errors: throws for what contains itself, and for what would be longer than a megabyte. */
export function printJson(root: JsonNode, { layout, escapeSlash, shortNumbers }: Style): string {
  const around = new Set<JsonNode>();
  let printed = '';

  function write(text: string): void {
    printed += text;
    if (printed.length > maxLength) throw new Error('a JSON value of more than a megabyte');
  }

  function writeString(text: string): void {
    write(`"${text.replace(/["\\/\0-\x1f]/g, escapedCharacter)}"`);
  }

  function escapedCharacter(character: string): string {
    if (character === '/') return escapeSlash ? '\\/' : '/';
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return escapes[character] ?? `\\u${code}`;
  }

  function writeNode(node: JsonNode, depth: number): void {
    if (node === null || typeof node === 'boolean') write(String(node));
    else if (node.kind === 'number') write(shortNumbers ? String(Number(node.text)) : node.text);
    else if (node.kind === 'string') writeString(node.text);
    else writeContainer(node, depth);
  }

  function writeContainer(node: JsonNode, depth: number): void {
    if (!isContainer(node)) return;
    if (around.has(node)) throw new Error('a JSON value that contains itself');
    around.add(node);
    const isObject = node.kind === 'object';
    write(isObject ? '{' : '[');
    let first = true;
    for (const [name, value] of node.kind === 'object' ? node.members : node.items.entries()) {
      if (!first) write(',');
      first = false;
      write(gap(depth + 1));
      if (isObject) {
        writeString(String(name));
        write(layout === 'spaced' ? ': ' : ':');
      }
      writeNode(value, depth + 1);
    }
    write(gap(depth));
    write(isObject ? '}' : ']');
    around.delete(node);
  }

  function gap(depth: number): string {
    if (layout === 'compact') return '';
    return layout === 'spaced' ? ' ' : `\n${'  '.repeat(depth)}`;
  }

  writeNode(root, 0);
  return printed;
}
