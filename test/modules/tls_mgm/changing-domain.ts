import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Leaf } from '../../pki/index.ts';
import type { ParamLine } from './checked-config.ts';

/** Certificate and key of a domain as files that tests replace. */
export class ChangingDomain {
  readonly certificate: string;
  readonly key: string;
  readonly #name: string;

  constructor(folder: string, name: string, leaf: Leaf) {
    this.#name = name;
    this.certificate = join(folder, `${name}.pem`);
    this.key = join(folder, `${name}.key`);
    this.write(leaf);
  }

  write({ chain, key }: Pick<Leaf, 'chain' | 'key'>): void {
    writeFileSync(this.certificate, chain);
    writeFileSync(this.key, key);
  }

  /** The lines of a config that define it. */
  get params(): readonly ParamLine[] {
    return domainParams(this.#name, this.certificate, this.key);
  }
}

/** A server domain that asks clients for no certificate. */
export function domainParams(name: string, certificate: string, key: string): readonly ParamLine[] {
  return [
    { name: 'server_domain', value: name },
    { name: 'certificate', value: `[${name}]${certificate}` },
    { name: 'private_key', value: `[${name}]${key}` },
    { name: 'verify_cert', value: `[${name}]0` },
  ];
}

/** A folder of secrets as Kubernetes mounts it: each file is a link through `..data`, which is a link itself. */
export class MountedSecret {
  readonly folder: string;
  #version = 0;

  constructor(folder: string, leaf: Leaf) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.replace(leaf);
    for (const name of ['tls.crt', 'tls.key']) symlinkSync(join('..data', name), join(folder, name));
  }

  /** Writes a new folder beside the old one, exchanges the link in one step, and takes the old folder away. */
  replace({ chain, key }: Leaf): void {
    const old = `..version-${this.#version}`;
    const name = `..version-${++this.#version}`;
    mkdirSync(join(this.folder, name));
    writeFileSync(join(this.folder, name, 'tls.crt'), chain);
    writeFileSync(join(this.folder, name, 'tls.key'), key);
    symlinkSync(name, join(this.folder, '..data_tmp'));
    renameSync(join(this.folder, '..data_tmp'), join(this.folder, '..data'));
    if (existsSync(join(this.folder, old))) rmSync(join(this.folder, old), { recursive: true });
  }

  get params(): readonly ParamLine[] {
    return domainParams('d', join(this.folder, 'tls.crt'), join(this.folder, 'tls.key'));
  }
}
