import type { ModuleFactory, ModuleHost } from '../../runtime/module-exports.ts';
import { createTables } from './create-tables.ts';
import { fileOfUrl } from './file-of-url.ts';
import { databaseFindings } from './findings.ts';
import { manifest } from './manifest.ts';
import { type Extension, openFile } from './open-file.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { WaitingLine } from './waiting-line.ts';

export { manifest };

const createModule: ModuleFactory = (host) => {
  const { log, params, globals, timers, resolvePath } = host;
  /** By their files: whoever names the same one shares it. */
  const open = new Map<string, SqliteDatabase>();
  const settings = { log, pragmas: texts(params.exec_pragma), extensions: extensionsOf(host) };

  return {
    databases: {
      sqlite(url) {
        const path = fileOfUrl(url, resolvePath);
        const known = open.get(path);
        if (known) return known;
        const line = new WaitingLine(timers, Number(params.busy_timeout ?? 500));
        const versionTable = String(globals.get('db_version_table') ?? 'version');
        const database = new SqliteDatabase(openFile(path, settings), line, versionTable);
        open.set(path, database);
        return database;
      },
    },
    databaseFindings: (url) => databaseFindings(url, resolvePath),
    tools: { 'sqlite create': ([path]) => createTables(host, path) },
    async destroy() {
      for (const database of open.values()) await database.close();
      open.clear();
    },
  };
};

export default createModule;

/** `file;entry point`. */
function extensionsOf({ params, resolvePath }: ModuleHost): readonly Extension[] {
  return texts(params.load_extension).map((text) => {
    const [path = '', entryPoint] = text.split(';');
    return { path: resolvePath(path), entryPoint };
  });
}

function texts(value: ModuleHost['params'][string]): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
