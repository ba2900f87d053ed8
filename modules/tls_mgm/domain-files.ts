import type { ModuleFinding } from '../../runtime/module-exports.ts';
import { barrier, rights, whoAmI } from './access-rights.ts';
import type { TlsDomain } from './domains.ts';
import { type FindingCode, finding, type Place } from './findings.ts';
import type { SettingName } from './parameters.ts';
import type { ReadingTools } from './reading-tools.ts';
import { SourceError, type SourceFile, type SourceFiles, type SourceProblem } from './source-files.ts';

/** A file or folder that a domain names. */
export interface NamedPath {
  readonly path: string;
  /** Undefined where it is a default. */
  readonly place: Place | undefined;
}

const codes: Readonly<Record<SourceProblem, FindingCode>> = {
  missing: 'file-missing',
  denied: 'file-unreadable',
  kind: 'file-kind',
  size: 'file-size',
  system: 'file-unreadable',
};

/** Reads the files of one domain and gathers what is wrong with them. */
export class DomainFiles {
  readonly findings: ModuleFinding[] = [];
  /** All that was read, folders included: what a watch looks at. */
  readonly paths: string[] = [];
  readonly domain: TlsDomain;
  readonly #tools: ReadingTools;
  readonly #sources: SourceFiles;

  constructor(domain: TlsDomain, tools: ReadingTools, sources: SourceFiles) {
    this.domain = domain;
    this.#tools = tools;
    this.#sources = sources;
  }

  /** Another one of the same domain, whose findings nobody reads. */
  unheard(): DomainFiles {
    return new DomainFiles(this.domain, this.#tools, this.#sources);
  }

  report(...args: Parameters<typeof finding>): void {
    this.findings.push(finding(...args));
  }

  get name(): string {
    return this.domain.name;
  }

  get failed(): boolean {
    return this.findings.some(({ severity }) => severity === 'error');
  }

  /** A setting of 0 or another number. */
  flag(name: SettingName, fallback: boolean): boolean {
    const setting = this.setting(name);
    if (!setting) return fallback;
    if (/^\d+$/.test(setting.value)) return Number(setting.value) !== 0;
    this.report(
      'number-form',
      `${name} of TLS domain ${this.name} is no number: "${setting.value}"`,
      setting.place,
    );
    return fallback;
  }

  /** The value of a setting, and where it stands. */
  setting(name: SettingName): { readonly value: string; readonly place: Place | undefined } | undefined {
    return this.domain.settings.get(name);
  }

  /** Where a setting leads to; `fallback` is its path where it is not set. */
  path(name: SettingName, fallback?: string): NamedPath | undefined {
    const setting = this.setting(name);
    if (setting) return this.at(setting.value, setting.place);
    return fallback === undefined ? undefined : { path: fallback, place: undefined };
  }

  /** A path as it stands in a config. */
  at(path: string, place: Place | undefined): NamedPath {
    return { path: this.#tools.resolvePath(path), place };
  }

  /** A file; undefined, with a finding, where it cannot be read. `what` names it: `ca_list`. */
  read(named: NamedPath, what: string): SourceFile | undefined {
    return this.#tellWhatFails(named, what, () => this.#sources.file(named.path));
  }

  /** The files of a folder; undefined, with a finding, where it cannot be read. One that cannot be read is a finding. */
  readFolder(named: NamedPath, what: string): SourceFile[] | undefined {
    const files = this.#tellWhatFails(named, what, () => this.#sources.folder(named.path));
    return files?.flatMap(({ path, read }) => {
      const file = { path, place: named.place };
      if (read instanceof SourceError) this.#sayUnreadable(read, file, `a file of ${what}`);
      else this.#sayWhoCannot(file, `a file of ${what}`);
      return read instanceof SourceError ? [] : [read];
    });
  }

  #tellWhatFails<T>(named: NamedPath, what: string, read: () => T): T | undefined {
    this.paths.push(named.path);
    try {
      const found = read();
      this.#sayWhoCannot(named, what);
      return found;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.#sayUnreadable(error, named, what);
      return undefined;
    }
  }

  #sayUnreadable({ problem, message }: SourceError, { path, place }: NamedPath, what: string): void {
    const which = `${what} of TLS domain ${this.name}`;
    const set = place ? '' : ', which is the default';
    const denied = () => `${rights(path)} and this is ${whoAmI()}`;
    const texts: Readonly<Record<SourceProblem, () => string>> = {
      missing: () => `${which} is not there: ${path}${set}`,
      denied: () => `${which} cannot be read: ${path} (${denied()})`,
      kind: () => `${which} ${message}: ${path}`,
      size: () => `${which} ${message}: ${path}`,
      system: () => `${which} cannot be read: ${path} (${message})`,
    };
    this.report(codes[problem], texts[problem](), place ?? this.domain.place);
  }

  /** The start reads files as the user that it begins as; what is read later is read as another. */
  #sayWhoCannot({ path, place }: NamedPath, what: string): void {
    const { uid, gid } = this.#tools.becomes ?? {};
    if (uid === undefined || uid === 0 || uid === process.getuid?.()) return;
    const closed = barrier(path, { uid, gid });
    if (closed === undefined) return;
    const that = closed === path ? rights(path) : `${closed} has ${rights(closed)}`;
    this.report(
      'file-unreadable-later',
      `${what} of TLS domain ${this.name} cannot be read by the user that the host becomes: ${path} (${that}, and that is uid ${uid})`,
      place ?? this.domain.place,
    );
  }
}
