import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Config,
  createParser,
  type Node,
  parseFormattedText,
  type Variable,
  walk,
} from '../../../grammar/index.ts';

/** Kinds of entries, as they are called in the catalogue. */
export type EntryKind = 'statement' | 'operator' | 'function' | 'variable' | 'transformation';

/** What the scripts of test tables use: `kind name`. */
export type Entries = ReadonlySet<string>;

const flagText = /\$/;

/** All entries of the scripts that stand in a folder's tables: JSON files with `script`, and the strings of tests. */
export function entriesOfTests(folders: readonly string[]): Entries {
  const found = new Set<string>();
  const read = createParser();
  for (const folder of folders) {
    for (const path of readdirSync(folder, { recursive: true }).map(String)) {
      const text = readFileOf(join(folder, path));
      if (text === undefined) continue;
      for (const script of path.endsWith('.json') ? scriptsOfJson(text) : scriptsOfSource(text)) {
        collect(script, read, found);
      }
    }
  }
  return found;
}

function readFileOf(path: string): string | undefined {
  return /\.(?:json|test\.ts)$/.test(path) ? readFileSync(path, 'utf8') : undefined;
}

interface Measured {
  readonly helpers?: readonly string[];
  readonly rows?: readonly { readonly script?: string }[];
}

function scriptsOfJson(text: string): readonly string[] {
  const measured: Measured = JSON.parse(text);
  const rows = (measured.rows ?? []).flatMap(({ script }) =>
    script === undefined ? [] : [`route { ${script} }`],
  );
  return [...rows, ...(measured.helpers ?? [])];
}

/** The strings of a test's source that are statements or routes; what fills the holes of templates is not known. */
function scriptsOfSource(text: string): readonly string[] {
  const strings = [...text.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(
    ([, quoted, template]) =>
      (quoted ?? (template ?? '').replace(/\$\{[^{}]*\}/g, '0')).replace(/\\(['"\\`$])/g, '$1'),
  );
  return strings.flatMap((string) => {
    if (!/[;{]/.test(string)) return [];
    return /^\s*(?:[a-z]+_)?route\b.*\{/s.test(string) ? [string] : [`route { ${string} }`];
  });
}

/** Adds what a script uses; one that is none (a text that only looks like one) adds nothing. */
function collect(script: string, read: ReturnType<typeof createParser>, found: Set<string>): void {
  const { config, diagnostics } = read(script, { name: 'table' });
  if (diagnostics.some(({ severity }) => severity === 'error')) return;
  collectTree(config, found);
}

function collectTree(tree: Config | Variable, found: Set<string>): void {
  walk(tree, {
    enter(node) {
      for (const entry of entriesOf(node)) found.add(entry);
      if (node.kind === 'String' && flagText.test(node.value)) collectText(node.value, node, found);
    },
  });
}

/** The variables in a text of the script. */
function collectText(text: string, { span }: Node, found: Set<string>): void {
  for (const part of parseFormattedText(text, span).parts) {
    if (part.kind === 'Variable') collectTree(part, found);
  }
}

function entriesOf(node: Node): readonly string[] {
  switch (node.kind) {
    case 'Call':
      return [`function ${node.name.text}`, `statement ${node.name.text}`];
    case 'RouteCall':
      return ['statement route'];
    case 'Async':
      return ['statement async'];
    case 'Launch':
      return ['statement launch'];
    case 'Assert':
      return ['statement assert'];
    case 'Jump':
      return [`statement ${node.keyword}`];
    case 'Assignment':
      return [`operator assign ${node.operator}`];
    case 'Comparison':
      return [`operator compare ${node.operator}`];
    case 'Arithmetic':
      return [`operator arithmetic ${node.operator}`];
    case 'BitNot':
      return ['operator arithmetic ~'];
    case 'Logical':
      return [`operator logic ${node.operator}`];
    case 'Not':
      return ['operator logic not'];
    case 'Variable':
      return [`variable ${node.name}`];
    case 'Transformation':
      return [
        `transformation ${node.operation ? `${node.group}.${node.operation.replace(/^-?\d+\./, '')}` : node.group}`.toLowerCase(),
      ];
    default:
      return [];
  }
}
