import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  check,
  type Diagnostic,
  loadCatalogue,
  type ParseResult,
  parse,
  statementsOf,
  type VersionGuess,
} from '../grammar/index.ts';
import { lookupOf, validatorFor, versionOf } from './check-config.ts';
import { globalSupport } from './globals.ts';
import { bundledFolder } from './module-files.ts';
import { lookUpManifest, lookUpModules } from './module-loader.ts';
import { type ConfigPlace, openConfig, preprocessed } from './open-config.ts';
import { raisedEvents } from './raised-events.ts';
import { coreCommands, coreTransformations, coreVariables } from './script/index.ts';

export interface FileCheckOptions extends ConfigPlace {
  /** The OpenSIPS version that the config is for, `3.6`. Default: guessed. */
  readonly version?: string;
  /** Tell what this host would not do as well. Default false. */
  readonly hostToo?: boolean;
  /** The folder of bundled modules. Default: those that come with tsips. */
  readonly bundled?: string;
  /** The config is for this machine: a file that it names and that does not exist is an error, else a note. Default false. */
  readonly onThisHost?: boolean;
  /** What stands at a path of the machine. Default: looked up on disk, relative paths in the working directory. */
  readonly kindOfPath?: (path: string) => PathKind | undefined;
}

type PathKind = 'file' | 'folder' | 'other';

/** A config, and what the OpenSIPS version that it is for would say of it. */
export interface CheckedFile {
  readonly parsed: ParseResult;
  readonly version: VersionGuess;
  /** In the order of the text; an error is what that version would refuse. */
  readonly diagnostics: readonly Diagnostic[];
  /** The statements of the routes, and how many of them this host runs; only where the host is asked too. */
  readonly statements?: { readonly all: number; readonly here: number };
}

/**
 * Judges a file for the OpenSIPS version that it is for (`tsips check`). Looks at nothing but files: no code of a module
 * outside tsips runs, no name is looked up. Errors: CONFIG_UNREADABLE; TypeError for a version that there is not.
 */
export async function checkFile(options: FileCheckOptions): Promise<CheckedFile> {
  const { name, text, read, bases } = openConfig(options);
  const parsed = parse(preprocessed(text, name, read, options.preprocess), { name, read });
  const version = versionOf(options, parsed, await loadCatalogue());
  const diagnostics = await judgeConfig(parsed, version, { ...options, bases });
  if (!options.hostToo) return { parsed, version, diagnostics };
  const all = statementsOf(parsed.config).length;
  const not = diagnostics.filter(({ code }) => code === 'statement-not-here').length;
  return { parsed, version, diagnostics, statements: { all, here: all - not } };
}

/**
 * What an OpenSIPS of that version would say of a config that has been read.
 * @param options `bases` are the folders that relative paths of modules are tried in
 */
export async function judgeConfig(
  parsed: ParseResult,
  { version, evidence }: Pick<VersionGuess, 'version' | 'evidence'>,
  options: FileCheckOptions & { readonly bases: readonly string[] },
): Promise<readonly Diagnostic[]> {
  const catalogue = await loadCatalogue();
  const places = { bases: options.bases, bundled: options.bundled ?? bundledFolder() };
  const modules = await lookUpModules(parsed.config, places, lookUpManifest);
  const validateParam = await validatorFor(modules);
  return check(parsed, {
    catalogue,
    version,
    ...(evidence && { evidence }),
    inert: false,
    asked: 'opensips',
    hostToo: options.hostToo ?? false,
    onThisHost: options.onThisHost ?? false,
    kindOfPath: options.kindOfPath ?? ((path) => kindOnDisk(resolve(options.folder ?? '', path))),
    findModule: (path) => lookupOf(path, modules, places),
    globals: globalSupport,
    raisedEvents,
    core: { commands: coreCommands, variables: coreVariables, transformations: coreTransformations },
    validateParam,
  });
}

/** What cannot be looked at, below a folder without permission, may be anything. */
function kindOnDisk(path: string): PathKind | undefined {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'other';
  } catch (error) {
    return isMissing(error) ? undefined : 'other';
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
