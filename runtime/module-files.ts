import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where modules are looked for. */
export interface ModulePlaces {
  /** In order, as the `mpath` lines above the `loadmodule` line give them. */
  readonly mpaths: readonly string[];
  /** What relative paths are taken against, in order: the config's folder, then the working directory. */
  readonly bases: readonly string[];
  /** The folder of the modules that come with tsips. */
  readonly bundled: string;
}

export interface ModuleFile {
  /** The base name without `.so`. */
  readonly name: string;
  readonly file: string;
  /** How it was found: by the path written, in an mpath, or among the bundled ones. */
  readonly place: 'path' | 'mpath' | 'bundled';
}

/** The endings of files that are run, behind the name without `.so`; nothing else is ever opened. */
const endings = ['/index.js', '/index.mjs', '.js', '.mjs', '/index.ts', '.ts'] as const;

/**
 * Finds the file of a `loadmodule` line. A path (absolute, or with a folder) is tried as it stands first;
 * then every mpath in order; then the bundled folder by base name. Files compiled for OpenSIPS (`x.so`) are
 * not looked at, so that an mpath of OpenSIPS serves. Gives the places that were tried where there is none.
 */
export function findModuleFile(path: string, places: ModulePlaces): ModuleFile | { looked: string[] } {
  const bare = path.replace(/\.so$/, '');
  const name = bare.slice(bare.lastIndexOf('/') + 1);
  const looked: string[] = [];
  if (/^\.{0,2}$/.test(name)) return { looked };

  for (const { stem, place } of stems(bare, name, places)) {
    const file = endings.map((ending) => stem + ending).find(isFile);
    if (file !== undefined) return { name, file, place };
    looked.push(stem);
  }
  return { looked };
}

/** The bundled folder: beside this file or above it, in the compiled tree and in the bundle alike. */
export function bundledFolder(): string {
  const near = ['./modules/', '../modules/'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return near.find(isFolder) ?? near[1] ?? '';
}

/** A relative path against the first base where it exists, else the last. */
export function resolveNear(path: string, bases: readonly string[]): string {
  const candidates = bases.map((base) => resolve(base, path));
  return candidates.find(exists) ?? candidates.at(-1) ?? resolve(path);
}

/** A path of a config (one character a byte) as names of files are: UTF-8. */
export const fileName = (text: string) => Buffer.from(text, 'latin1').toString('utf8');

/** Why this Node cannot run a file that was found; undefined where it can. */
export function whyNotRunnable(file: string): string | undefined {
  if (!file.endsWith('.ts') || Reflect.get(process.features, 'typescript')) return undefined;
  return `it is TypeScript, which Node runs from 22.18 on and this one (${process.versions.node}) does not: compile it to JavaScript beside it`;
}

function stems(
  bare: string,
  name: string,
  places: ModulePlaces,
): { stem: string; place: ModuleFile['place'] }[] {
  const written = bare.includes('/')
    ? [...new Set(places.bases.map((base) => resolve(base, bare)))].map((stem) => ({
        stem,
        place: 'path' as const,
      }))
    : [];
  const inMpaths = places.mpaths.flatMap((mpath) => {
    const folder = resolveNear(mpath, places.bases);
    const below = bare.startsWith('/') ? [name] : [...new Set([bare, name])];
    return below.map((path) => ({ stem: join(folder, path), place: 'mpath' as const }));
  });
  return [...written, ...inMpaths, { stem: join(places.bundled, name), place: 'bundled' }];
}

function stat(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // no right to look there, or not a path at all: the same as not there
  }
}

const isFile = (path: string) => stat(path)?.isFile() ?? false;
const isFolder = (path: string) => stat(path)?.isDirectory() ?? false;
const exists = (path: string) => stat(path) !== undefined;
