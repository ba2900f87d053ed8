import { type Manifest, routeLetters } from '../grammar/index.ts';
import type { ModuleBehaviour, ModuleFactory } from './module-exports.ts';
import { paramProblems } from './param-shape.ts';

/** What `import` of a module's file gives, judged; `problems` are sentences, empty where all is well. */
interface ModuleShape {
  readonly manifest: Manifest | undefined;
  readonly factory: ModuleFactory | undefined;
  readonly problems: readonly string[];
}

/** The tables of a manifest whose names must each have a behaviour. */
const tables = [
  'commands',
  'asyncCommands',
  'variables',
  'transformations',
  'protocols',
  'mi',
  'tools',
] as const;
const objectFields = [...tables, 'params', 'statistics', 'dependenciesFromParams', 'versions'] as const;

/** Judges the exports of a module's file: `manifest` and a default function. CommonJS files are understood too. */
export function shapeOfExports(exported: unknown): ModuleShape {
  const inner = field(exported, 'default');
  const manifest = field(exported, 'manifest') ?? field(inner, 'manifest');
  const factory = isFactory(inner) ? inner : field(inner, 'default');
  const problems = manifestProblems(manifest);
  if (!isFactory(factory)) problems.push('its default export is not a function of the host');
  return {
    manifest: isManifest(manifest) ? manifest : undefined,
    factory: isFactory(factory) ? factory : undefined,
    problems,
  };
}

/** What is wrong with a manifest, as sentences. */
export function manifestProblems(value: unknown): string[] {
  if (!isObject(value)) return ['it has no export `manifest`'];
  const problems: string[] = [];
  if (typeof value.name !== 'string' || value.name === '') problems.push('manifest.name is not a text');
  for (const name of objectFields) {
    if (value[name] !== undefined && !isObject(value[name]))
      problems.push(`manifest.${name} is not an object`);
  }
  if (problems.length > 0) return problems;
  for (const table of ['commands', 'asyncCommands'] as const) {
    for (const [name, signature] of entries(value[table])) {
      problems.push(...signatureProblems(`manifest.${table}.${name}`, signature));
    }
  }
  for (const [name, schema] of entries(value.params)) {
    problems.push(...paramProblems(`manifest.params.${name}`, schema));
  }
  return [...problems, ...dependencyProblems(value)];
}

function signatureProblems(where: string, signature: unknown): string[] {
  const params = field(signature, 'params');
  const routes = field(signature, 'routes');
  if (!isList(params) || !(routes === '*' || isList(routes))) {
    return [`${where} needs \`params\` (a list) and \`routes\` (a list or '*')`];
  }
  const kinds = params.filter((kind) => typeof kind !== 'string' || !argumentKind.test(kind));
  const wrong = routes === '*' ? [] : routes.filter((letter) => !letters.has(letter));
  return [
    ...kinds.map((kind) => `${where}.params has ${said(kind)}: it takes i, s, v or r, then =, ! and ?`),
    ...wrong.map((letter) => `${where}.routes has ${said(letter)}: it takes ${[...letters].join(', ')}`),
  ];
}

/** What of a behaviour does not fit its manifest, as sentences: each name must stand on both sides. */
export function behaviourProblems(manifest: Manifest, behaviour: unknown): string[] {
  if (behaviour instanceof Promise) {
    return ['its default export returned a promise: it must not be async; what waits belongs into `init`'];
  }
  if (!isObject(behaviour)) return ['its default export returned no behaviour'];
  const problems: string[] = [];
  for (const table of tables) {
    const promised = Object.keys(manifest[table] ?? {});
    const given = Object.keys(isObject(behaviour[table]) ? behaviour[table] : {});
    for (const name of promised.filter((name) => !given.includes(name))) {
      problems.push(`the manifest names ${table}.${name}, but there is no behaviour behind it`);
    }
    for (const name of given.filter((name) => !promised.includes(name))) {
      problems.push(`${table}.${name} is not in the manifest`);
    }
  }
  for (const [scheme, open] of entries(behaviour.databases)) {
    if (typeof open !== 'function') problems.push(`databases.${scheme} is not a function of a URL`);
  }
  if (entries(behaviour.databases).length > 0 && manifest.kind !== 'sqldb') {
    problems.push("it opens databases, but manifest.kind is not 'sqldb'");
  }
  for (const phase of ['check', 'databaseFindings', 'preInit', 'init', 'childInit', 'destroy'] as const) {
    if (behaviour[phase] !== undefined && typeof behaviour[phase] !== 'function') {
      problems.push(`${phase} is not a function`);
    }
  }
  return problems;
}

/** Narrows after `behaviourProblems` found nothing. */
export function isBehaviour(manifest: Manifest, value: unknown): value is ModuleBehaviour {
  return behaviourProblems(manifest, value).length === 0;
}

/** Narrows what `manifestProblems` finds nothing wrong with. */
export function isManifest(value: unknown): value is Manifest {
  return manifestProblems(value).length === 0;
}

function dependencyProblems(manifest: Record<string, unknown>): string[] {
  const lists: [string, unknown][] = [
    ['dependencies', manifest.dependencies ?? []],
    ...entries(manifest.dependenciesFromParams).map(([param, list]): [string, unknown] => [
      `dependenciesFromParams.${param}`,
      list,
    ]),
  ];
  return lists.flatMap(([name, list], at) => {
    if (!isList(list)) return [`manifest.${name} is not a list`];
    return list.flatMap((item, index) => {
      const named = [field(item, 'module'), field(item, 'kind')].filter((text) => typeof text === 'string');
      const missing = field(item, 'missing');
      const where = `manifest.${name}[${index}]`;
      if (named.length !== 1 || typeof missing !== 'string' || !consequences.has(missing))
        return [
          `${where} needs \`module\` or \`kind\`, and \`missing\`: 'abort', 'warn', 'silent' or 'load'`,
        ];
      // The first list holds the dependencies that have no condition.
      return at === 0 || isCondition(field(item, 'when'))
        ? []
        : [
            `${where} needs \`when\`: { is: 'set' | 'not-empty' }, or 'greater-than' or 'starts-with' with \`value\`, or 'one-of' with \`values\``,
          ];
    });
  });
}

/** A manifest may come from JavaScript or JSON: what has no other form would never hold, silently. */
function isCondition(when: unknown): boolean {
  switch (field(when, 'is')) {
    case 'set':
    case 'not-empty':
      return true;
    case 'greater-than':
      return typeof field(when, 'value') === 'number';
    case 'starts-with':
      return typeof field(when, 'value') === 'string';
    case 'one-of':
      return isList(field(when, 'values'));
    default:
      return false;
  }
}

const consequences: ReadonlySet<string> = new Set(['abort', 'warn', 'silent', 'load']);
const argumentKind = /^[isvr]=?!?\??$/;
const letters: ReadonlySet<unknown> = new Set(Object.values(routeLetters));
const said = (value: unknown) => JSON.stringify(value) ?? String(value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isFactory = (value: unknown): value is ModuleFactory => typeof value === 'function';
const entries = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : []);

/** A field of what may be no object; functions count as objects (CommonJS exports). */
function field(value: unknown, name: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  return Reflect.get(value, name);
}
