import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** A file to write; its text has one character a byte. */
export interface FileToWrite {
  readonly path: string;
  readonly text: string;
}

/**
 * Puts new texts in the place of files: all are written beside the old ones first, then each takes its place at once, with
 * the rights and the owner of the old one. Where one cannot be written, none is changed. Links stay links.
 */
export function replaceFiles(files: readonly FileToWrite[]): void {
  const made: { readonly draft: string; readonly path: string }[] = [];
  try {
    for (const { path, text } of files) {
      const real = realpathSync(path);
      const draft = `${real}.tsips-${process.pid}`;
      made.push({ draft, path: real });
      writeDurably(draft, text);
      keepRights(draft, real);
    }
    for (const { draft, path } of made) renameSync(draft, path);
  } finally {
    for (const { draft } of made) rmSync(draft, { force: true });
  }
}

/** Writes files into a folder as they lie below another one. Errors: a file that lies elsewhere. */
export function writeInto(directory: string, base: string, files: readonly FileToWrite[]): void {
  const places = files.map(({ path, text }) => {
    const below = relative(base, path);
    if (below.startsWith('..') || resolve(below) === below) {
      throw new Error(`${path} lies outside of the folder of the config: write it with --write`);
    }
    return { path: join(directory, below), text };
  });
  for (const { path, text } of places) {
    mkdirSync(dirname(path), { recursive: true });
    writeDurably(path, text);
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'w');
  try {
    const bytes = Buffer.from(text, 'latin1');
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function keepRights(draft: string, old: string): void {
  const { mode, uid, gid } = statSync(old);
  chmodSync(draft, mode & 0o7777);
  try {
    chownSync(draft, uid, gid);
  } catch {
    // Only root may give files away; what others write is theirs.
  }
}
