import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The repository, seen from the compiled test. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

interface Import {
  readonly file: string;
  readonly line: number;
  readonly target: string;
  readonly typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true })
    .map((path) => join(folder, String(path)))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => path.split(sep).join('/'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found: Import[] = [];
  const pattern = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;
  for (const match of text.matchAll(pattern)) {
    const specifier = match[2] ?? match[3] ?? '';
    const relative = specifier.startsWith('.');
    found.push({
      file,
      line: text.slice(0, match.index).split('\n').length,
      target: relative
        ? normalize(join(dirname(file), specifier))
            .split(sep)
            .join('/')
        : specifier,
      typeOnly: match[1] !== undefined,
    });
  }
  return found;
}

function offenders(folder: string, allowed: (found: Import) => boolean): string[] {
  return sources(folder)
    .flatMap(importsOf)
    .filter((found) => !allowed(found))
    .map((found) => `${found.file}:${found.line} imports ${found.target}`);
}

test('grammar/ is pure: it imports itself, chevrotain and ajv, nothing of Node, runtime or modules', () => {
  const packages = ['chevrotain', 'ajv'];
  const allowed = ({ target }: Import) => target.startsWith('grammar/') || packages.includes(target);
  assert.deepEqual(offenders('grammar', allowed), []);
});

/** The order inside runtime/; a file imports from its own place and from lower ones. */
const places: readonly (readonly [place: RegExp, level: number])[] = [
  [/^runtime\/certificates\//, 0],
  [
    /^runtime\/(log\/|statistics\.ts|timers\.ts|timer-wheel\.ts|clock\.ts|contract\/|database\.ts|module-exports\.ts)/,
    0,
  ],
  [/^runtime\/globals(\/|(-[a-z-]+)?\.ts)/, 1],
  [/^runtime\/(variables|sip)\//, 1],
  [/^runtime\/(script|net|mi)\//, 2],
  [/^runtime\/(host|index)\.ts/, 4],
  [/^runtime\/cli\//, 5],
  [/^runtime\/[a-z-]+\.ts/, 3],
];

function level(file: string): number {
  const place = places.find(([pattern]) => pattern.test(file));
  assert.ok(place, `${file} has no place in the order of runtime/`);
  return place[1];
}

const doors = ['grammar/index.ts', 'grammar/tools.ts'];

test('runtime/ enters grammar/ by its two doors, and imports only downwards inside', () => {
  const allowed = ({ file, target }: Import) => {
    if (target.startsWith('grammar/')) return doors.includes(target);
    if (target.startsWith('modules/')) return false;
    if (!target.startsWith('runtime/')) return true;
    return level(target) <= level(file);
  };
  assert.deepEqual(offenders('runtime', allowed), []);
});

/** A protocol over TLS builds on its plain sister; sqlops is the part of avpops that became a module of its own. */
const sisters: Readonly<Record<string, string>> = {
  'modules/proto_wss': 'modules/proto_ws/',
  'modules/proto_tls': 'modules/proto_tcp/',
  'modules/sqlops': 'modules/avpops/',
};

function moduleMayImport({ file, target, typeOnly }: Omit<Import, 'line'>): boolean {
  const own = file.split('/').slice(0, 2).join('/');
  if (target.startsWith(`${own}/`)) return true;
  if (target === 'runtime/module-exports.ts') return typeOnly;
  const sister = sisters[own];
  if (sister && target.startsWith(sister)) return true;
  return !/^(grammar|runtime|modules)\//.test(target);
}

test('modules/ import types of the contract alone, but for those that build on a sister', () => {
  assert.deepEqual(offenders('modules', moduleMayImport), []);
});

for (const [file, target, allowed] of [
  ['modules/proto_wss/index.ts', 'modules/proto_ws/engine.ts', true],
  ['modules/proto_tls/index.ts', 'modules/proto_tcp/engine.ts', true],
  ['modules/sqlops/index.ts', 'modules/avpops/database/query.ts', true],
  ['modules/proto_wss/index.ts', 'modules/proto_tcp/engine.ts', false],
  ['modules/proto_tls/index.ts', 'modules/proto_ws/engine.ts', false],
  ['modules/proto_ws/index.ts', 'modules/proto_tcp/engine.ts', false],
  ['modules/proto_wss/index.ts', 'modules/tls_mgm/index.ts', false],
] as const) {
  test(`${file} may ${allowed ? '' : 'not '}import ${target}`, () =>
    assert.equal(moduleMayImport({ file, target, typeOnly: false }), allowed));
}

/** Files that are one recursion over the tree: a statement holds expressions, an expression may hold statements. */
const recursions: readonly (readonly string[])[] = [
  ['grammar/print/statements.ts', 'grammar/print/values.ts'],
  ['run-transformations', 'transform', 'variables'].map((name) => `runtime/script/${name}.ts`),
  ['assignment', 'comparison', 'conditions', 'loops', 'statements', 'switch', 'values'].map(
    (name) => `runtime/script/${name}.ts`,
  ),
];

/** All files that a file leads to by its imports, types included. */
function reachedFrom(file: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(imports.get(file) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(imports.get(next) ?? []));
  }
  return reached;
}

test('imports make no circle, those of types neither, but for the recursions that are listed', () => {
  const files = [...sources('grammar'), ...sources('runtime'), ...sources('modules')];
  const imports = new Map(files.map((file) => [file, importsOf(file).map(({ target }) => target)]));
  const reached = new Map(files.map((file) => [file, reachedFrom(file, imports)]));
  const circles = files
    .filter((file) => reached.get(file)?.has(file))
    .map((file) => files.filter((other) => reached.get(file)?.has(other) && reached.get(other)?.has(file)))
    .map((circle) => circle.toSorted().join(' '));
  assert.deepEqual([...new Set(circles)].sort(), recursions.map((circle) => circle.join(' ')).sort());
});

test('process.exit stands in the cli alone', () => {
  const files = [...sources('grammar'), ...sources('runtime'), ...sources('modules')];
  const found = files
    .filter((file) => !file.startsWith('runtime/cli/'))
    .filter((file) => /\bprocess\.exit\(/.test(readFileSync(join(root, file), 'utf8')));
  assert.deepEqual(found, []);
});

/** Templates may hold lines of any form; what is left keeps its line numbers. */
function withoutTemplates(text: string): string {
  return text.replace(
    /`(?:[^`\\]|\\.)*`/gs,
    (template) => `''${'\n'.repeat(template.split('\n').length - 1)} `,
  );
}

test('no file keeps mutable state at module level or does something when imported', () => {
  const declaration =
    /^(import|export|const|function|async function|type|interface|class|abstract class|declare|\/\/|\/\*|\s|\}|\]|\)|>|\*|$)/;
  const found: string[] = [];
  for (const file of [...sources('grammar'), ...sources('runtime'), ...sources('modules')]) {
    if (file === 'runtime/cli/tsips.ts') continue;
    const lines = withoutTemplates(readFileSync(join(root, file), 'utf8')).split('\n');
    lines.forEach((line, index) => {
      const mutable = /^(export )?(let|var)\b/.test(line);
      if (mutable || !declaration.test(line)) found.push(`${file}:${index + 1}: ${line}`);
    });
  }
  assert.deepEqual(found, []);
});

test('every folder tells what it is for in a README', () => {
  const folders = ['grammar', 'runtime', 'modules', 'test', 'scripts'].flatMap((top) => [
    top,
    ...readdirSync(join(root, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  ]);
  const fixtures = /(^|\/)(fixtures|accepted|rejected|mpath)(\/|$)/;
  const missing = folders
    .filter((folder) => !fixtures.test(folder))
    .filter((folder) => !existsSync(join(root, folder, 'README.md')));
  assert.deepEqual(missing, []);
});
