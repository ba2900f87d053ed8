import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A mark of the state of files and folders: another one when a file was written, replaced, or has come or gone. Looking
 * again and again works on every file system, and where a link to a folder is exchanged as Kubernetes does it.
 */
export function stateOf(paths: Iterable<string>): string {
  return [...paths].map((path) => `${path} ${stateOfPath(path)}`).join('\n');
}

function stateOfPath(path: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) return `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
    return readdirSync(path)
      .toSorted()
      .map((name) => `${name} ${stateOfPath(join(path, name))}`)
      .join(' ');
  } catch {
    return 'absent';
  }
}
