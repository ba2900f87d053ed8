import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Authority, daysFromNow, encryptKey, type Leaf, writePem } from '../../pki/index.ts';

/** What broken files are made of. */
export interface Materials {
  readonly root: Authority;
  readonly intermediate: Authority;
  readonly stranger: Authority;
  /** Signed by the intermediate. */
  readonly leaf: Leaf;
  /** Where they are written. */
  readonly folder: string;
}

/** A prime of 521 bits. */
export const mersenne = Buffer.from(`01${'ff'.repeat(65)}`, 'hex');

/** The path of a file that is written into the folder. */
export function written({ folder }: Materials, name: string, ...texts: readonly string[]): string {
  return writePem(folder, name, ...texts);
}

export function subfolder({ folder }: Materials, name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

/** A pipe that nobody writes to. */
export function pipe({ folder }: Pick<Materials, 'folder'>, name: string): string {
  const path = join(folder, name);
  const { status } = spawnSync('mkfifo', [path]);
  if (status !== 0) throw new Error(`no pipe at ${path}`);
  return path;
}

/** Certificate and key of a leaf. */
export function ofLeaf(materials: Materials, leaf: Leaf): { certificate: string; private_key: string } {
  return {
    certificate: written(materials, 'cert.pem', leaf.chain),
    private_key: written(materials, 'key.pem', leaf.key),
  };
}

/** Those of a leaf that is valid from so many days from now on, until so many. */
export async function lasting(
  materials: Materials,
  from: number,
  until: number,
): Promise<ReturnType<typeof ofLeaf>> {
  const facts = { notBefore: daysFromNow(from), notAfter: daysFromNow(until) };
  return ofLeaf(materials, await materials.intermediate.issue(facts));
}

/** The key of the leaf, encrypted with `secret`. */
export function encrypted(materials: Materials): string {
  return written(materials, 'key.pem', encryptKey(materials.leaf.key, 'secret'));
}

/** The first half of a PEM block's lines, and its end line. */
export function halved(pem: string): string {
  const lines = pem.trim().split('\n');
  return `${[...lines.slice(0, lines.length / 2), lines.at(-1)].join('\n')}\n`;
}

/** The first half of a PEM block, as of a file that is being written. */
export function cutOff(pem: string): string {
  return pem.slice(0, pem.length / 2);
}
