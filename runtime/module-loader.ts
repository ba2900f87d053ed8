import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type Config,
  type GlobalParameter,
  type LoadModule,
  type Manifest,
  modulesLoadedBy,
  paramsGivenTo,
} from '../grammar/index.ts';
import { HostError, reasonOf } from './host-error.ts';
import type { ModuleFactory } from './module-exports.ts';
import {
  fileName,
  findModuleFile,
  type ModuleFile,
  type ModulePlaces,
  whyNotRunnable,
} from './module-files.ts';
import { isManifest, manifestProblems, shapeOfExports } from './module-shape.ts';

/** What a `loadmodule` line leads to. */
type ModuleAnswer =
  | { readonly found: true; readonly manifest: Manifest; readonly from: string; readonly file: ModuleFile }
  | {
      readonly found: false;
      readonly looked: readonly string[];
      readonly problem?: string;
      readonly unknown?: true;
    };

/** A `loadmodule` line with its answer. */
export interface ModuleLine {
  readonly item: LoadModule;
  readonly answer: ModuleAnswer;
  /** The first line that loaded the same module; this one then changes nothing. */
  readonly again?: LoadModule;
  /** The name of a module that no line loads: another one, whose line this is, has brought it. */
  readonly brought?: string;
}

/**
 * Looks up every `loadmodule` line of a config, each with the mpath lines that stand above it.
 *
 * @param lookUp `lookUpManifest` where no code of other people may run.
 */
export async function lookUpModules(
  config: Config,
  places: Omit<ModulePlaces, 'mpaths'>,
  lookUp: typeof lookUpModule = lookUpModule,
): Promise<readonly ModuleLine[]> {
  const mpaths: string[] = [];
  const lines: ModuleLine[] = [];
  const first = new Map<string, LoadModule>();
  for (const item of config.items) {
    if (item.kind === 'GlobalParameter' && item.name.text === 'mpath') mpaths.push(...foldersOf(item));
    if (item.kind !== 'LoadModule') continue;
    const answer = await lookUp(fileName(item.path.value), { ...places, mpaths: [...mpaths] });
    const again = answer.found ? first.get(answer.manifest.name) : undefined;
    if (answer.found && again === undefined) first.set(answer.manifest.name, item);
    lines.push({ item, answer, ...(again && { again }) });
  }
  return [...lines, ...(await lookUpBrought(lines, config, { ...places, mpaths }, lookUp))];
}

/** The modules that others bring along (a dependency of the kind `load`). */
async function lookUpBrought(
  lines: readonly ModuleLine[],
  config: Config,
  places: ModulePlaces,
  lookUp: typeof lookUpModule,
): Promise<readonly ModuleLine[]> {
  const brought: ModuleLine[] = [];
  for (const { item, answer } of lines) {
    if (!answer.found) continue;
    for (const name of modulesLoadedBy(answer.manifest, paramsGivenTo(answer.manifest.name, item, config))) {
      const isThere = [...lines, ...brought].some(
        (line) => line.answer.found && line.answer.manifest.name === name,
      );
      if (!isThere) brought.push({ item, answer: await lookUp(name, places), brought: name });
    }
  }
  return brought;
}

/** `mpath="a"`, and since 4.0 `mpath="a":"b"`. */
function foldersOf({ value, furtherValues = [] }: GlobalParameter): string[] {
  return [value, ...furtherValues].flatMap((folder) =>
    folder.kind === 'String' ? [fileName(folder.value)] : [],
  );
}

/** Finds a module and reads its manifest, running nothing of it beyond the import where there is no JSON. */
export async function lookUpModule(path: string, places: ModulePlaces): Promise<ModuleAnswer> {
  const file = findModuleFile(path, places);
  if ('looked' in file) return { found: false, looked: file.looked };
  const problem = whyNotRunnable(file.file);
  if (problem !== undefined) return { found: false, looked: [file.file], problem };
  try {
    const manifest = packagedManifest(file.file) ?? (await importModule(file.file)).manifest;
    return { found: true, manifest, from: file.file, file };
  } catch (error) {
    return { found: false, looked: [file.file], problem: reasonOf(error) };
  }
}

/** The same without running anything that does not come with tsips: what has no `manifest.json` beside it stays unknown. */
export async function lookUpManifest(path: string, places: ModulePlaces): Promise<ModuleAnswer> {
  const file = findModuleFile(path, places);
  if ('looked' in file) return { found: false, looked: file.looked };
  if (file.place === 'bundled') return lookUpModule(path, places);
  try {
    const manifest = packagedManifest(file.file);
    if (manifest) return { found: true, manifest, from: file.file, file };
    return { found: false, looked: [file.file], unknown: true };
  } catch (error) {
    return { found: false, looked: [file.file], problem: reasonOf(error) };
  }
}

/**
 * Imports a module's file. The code of a file is shared by all hosts of the process, its state is not: that
 * lives in what each call of the factory returns. Errors: MODULE_BROKEN with what does not fit.
 */
export async function importModule(file: string): Promise<{ manifest: Manifest; factory: ModuleFactory }> {
  const exported: unknown = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new HostError(
      'MODULE_BROKEN',
      `${file} cannot be run: ${reasonOf(cause)}${syntaxPlace(file, cause)}`,
      { cause },
    );
  });
  const { manifest, factory, problems } = shapeOfExports(exported);
  if (manifest && factory) return { manifest, factory };
  throw new HostError('MODULE_BROKEN', `${file} is not a module for tsips: ${problems.join('; ')}`);
}

/** An error of syntax does not carry its place; another Node that only reads the file prints it. */
function syntaxPlace(file: string, error: unknown): string {
  if (!(error instanceof SyntaxError)) return '';
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8', timeout: 10_000 });
  const [, line] = /:(\d+)\n/.exec(stderr) ?? [];
  return line !== undefined && stderr.includes(error.message) ? ` (line ${line})` : '';
}

/** `manifest.json` beside an `index` file. Errors: MODULE_BROKEN where it is there and not a manifest. */
function packagedManifest(file: string): Manifest | undefined {
  if (!/[\\/]index\.m?[jt]s$/.test(file)) return undefined;
  const path = join(dirname(file), 'manifest.json');
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const value = parseJson(text, path);
  if (isManifest(value)) return value;
  throw new HostError('MODULE_BROKEN', `${path}: ${manifestProblems(value).join('; ')}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HostError('MODULE_BROKEN', `${path} is not JSON: ${reasonOf(cause)}`, { cause });
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
