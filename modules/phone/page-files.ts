import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A file of the page, as it is served. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** All that there is to ask for, beside the settings: nothing else of a request ever becomes the name of a file. */
const served = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/phone.css': ['phone.css', 'text/css; charset=utf-8'],
  '/icon.svg': ['icon.svg', 'image/svg+xml'],
  '/phone.js': ['phone.js', 'text/javascript; charset=utf-8'],
  '/call-line.js': ['call-line.js', 'text/javascript; charset=utf-8'],
  '/chat.js': ['chat.js', 'text/javascript; charset=utf-8'],
  '/dom.js': ['dom.js', 'text/javascript; charset=utf-8'],
  '/tab-name.js': ['tab-name.js', 'text/javascript; charset=utf-8'],
  '/trace.js': ['trace.js', 'text/javascript; charset=utf-8'],
  '/traced-socket.js': ['traced-socket.js', 'text/javascript; charset=utf-8'],
  '/jssip.js': ['jssip.js', 'text/javascript; charset=utf-8'],
} as const;

/** The files by the path that a browser asks for. Errors: one that cannot be read. */
export async function readPageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const folder = new URL('./page/', import.meta.url);
  const files = await Promise.all(
    Object.entries(served).map(async ([path, [name, type]]) => {
      const bytes = await readFile(fileURLToPath(new URL(name, folder)));
      return [path, { type, bytes }] as const;
    }),
  );
  return new Map(files);
}
