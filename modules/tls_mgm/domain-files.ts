import { accessSync, constants, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CheckSurroundings, ModuleFinding } from '../../runtime/module-exports.ts';
import type { TlsDomain } from './domains.ts';
import { finding, type Place } from './findings.ts';
import type { SettingName } from './parameters.ts';

/** A file or folder that a domain names. */
export interface NamedPath {
  readonly path: string;
  /** Undefined where it is a default. */
  readonly place: Place | undefined;
}

/** Reads the files of one domain and gathers what is wrong with them. */
export class DomainFiles {
  readonly findings: ModuleFinding[] = [];
  /** All that was read, folders included: what a watch looks at. */
  readonly paths: string[] = [];
  readonly domain: TlsDomain;
  readonly #resolve: (path: string) => string;
  readonly #becomes: CheckSurroundings['becomes'];

  constructor(domain: TlsDomain, resolve: (path: string) => string, becomes?: CheckSurroundings['becomes']) {
    this.domain = domain;
    this.#resolve = resolve;
    this.#becomes = becomes;
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
    if (setting) return { path: this.#resolve(setting.value), place: setting.place };
    return fallback === undefined ? undefined : { path: fallback, place: undefined };
  }

  /** The text of a file, one character a byte; undefined, with a finding, where it cannot be read. */
  read({ path, place }: NamedPath, what: string): string | undefined {
    this.paths.push(path);
    try {
      const text = readFileSync(path, 'latin1');
      this.#sayWhoCannot(path, place, what);
      return text;
    } catch (error) {
      this.#sayUnreadable(error, path, place, what);
      return undefined;
    }
  }

  /** The texts of the files of a folder, by their names; undefined, with a finding, where it cannot be read. */
  readFolder({ path, place }: NamedPath, what: string): { path: string; text: string }[] | undefined {
    this.paths.push(path);
    try {
      return readdirSync(path)
        .toSorted()
        .map((name) => join(path, name))
        .filter((file) => statSync(file).isFile())
        .map((file) => ({ path: file, text: readFileSync(file, 'latin1') }));
    } catch (error) {
      this.#sayUnreadable(error, path, place, what);
      return undefined;
    }
  }

  #sayUnreadable(error: unknown, path: string, place: Place | undefined, what: string): void {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      const at = place ?? this.domain.place;
      const set = place ? '' : ', which is the default';
      this.report(
        'file-missing',
        `${what} of TLS domain ${this.domain.name} is not there: ${path}${set}`,
        at,
      );
      return;
    }
    const reason = code === 'EACCES' ? `${rights(path)} and this is ${whoAmI()}` : String(code ?? error);
    this.report(
      'file-unreadable',
      `${what} of TLS domain ${this.domain.name} cannot be read: ${path} (${reason})`,
      place,
    );
  }

  /** The start reads files as the user that it begins as; what is read later is read as another. */
  #sayWhoCannot(path: string, place: Place | undefined, what: string): void {
    const { uid, gid } = this.#becomes ?? {};
    if (uid === undefined || uid === 0 || uid === process.getuid?.()) return;
    if (isReadableBy(statSync(path), uid, gid)) return;
    this.report(
      'file-unreadable-later',
      `${what} of TLS domain ${this.domain.name} cannot be read by the user that the host becomes: ${path} (${rights(path)}, and that is uid ${uid})`,
      place,
    );
  }
}

function isReadableBy(
  { mode, uid: owner, gid: group }: Stats,
  uid: number,
  gid: number | undefined,
): boolean {
  if (owner === uid) return (mode & 0o400) !== 0;
  if (group === gid) return (mode & 0o040) !== 0;
  return (mode & 0o004) !== 0;
}

/** `mode 0600 of uid 0`, of the nearest part of a path that can be looked at. */
function rights(path: string): string {
  for (let at = path; ; at = dirname(at)) {
    try {
      accessSync(at, constants.F_OK);
      const { mode, uid, gid } = statSync(at);
      const which = at === path ? '' : `${at} has `;
      return `${which}mode ${(mode & 0o7777).toString(8).padStart(4, '0')} of uid ${uid} gid ${gid}`;
    } catch {
      if (at === dirname(at)) return 'no rights';
    }
  }
}

function whoAmI(): string {
  return `uid ${process.getuid?.()} gid ${process.getgid?.()}`;
}
