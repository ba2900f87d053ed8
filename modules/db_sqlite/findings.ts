import type { ModuleFinding, ModuleHost } from '../../runtime/module-exports.ts';
import { hasDriver, noDriver } from './driver.ts';
import { fileOfUrl } from './file-of-url.ts';
import { howToMake, whyNotOpened } from './open-file.ts';
import { failureOf } from './sqlite-failure.ts';

/** What would keep the database of a URL from being opened. */
export function databaseFindings(
  url: string,
  resolvePath: ModuleHost['resolvePath'],
): readonly ModuleFinding[] {
  const why = 'what is kept in it cannot be had, so the start fails';
  if (!hasDriver()) {
    const help = 'npm install @photostructure/sqlite';
    return [{ code: 'sqlite-driver-missing', severity: 'error', message: noDriver, why, help }];
  }
  const found = lookAt(url, resolvePath);
  return found.reason === undefined
    ? []
    : [{ code: 'database-missing', severity: 'error', message: found.reason, why, help: found.help }];
}

function lookAt(
  url: string,
  resolvePath: ModuleHost['resolvePath'],
): { readonly reason: string | undefined; readonly help: string } {
  try {
    const path = fileOfUrl(url, resolvePath);
    return { reason: whyNotOpened(path), help: howToMake(path) };
  } catch (error) {
    return { reason: failureOf(error).message, help: 'write it as in sqlite:///path/to/file' };
  }
}
