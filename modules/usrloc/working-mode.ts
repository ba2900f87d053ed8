import type { Logger, ModuleHost } from '../../runtime/module-exports.ts';

/** What the parameters make of usrloc. */
export interface WorkingMode {
  /** False: sql-only. */
  readonly inMemory: boolean;
  /** How changes reach a database; undefined: there is none. */
  readonly write: 'through' | 'back' | undefined;
}

const withoutDatabase: WorkingMode = { inMemory: true, write: undefined };
const writeThrough: WorkingMode = { inMemory: true, write: 'through' };
const writeBack: WorkingMode = { inMemory: true, write: 'back' };
const sqlOnly: WorkingMode = { inMemory: false, write: 'through' };

const presets: Readonly<Record<string, WorkingMode>> = {
  'single-instance-no-db': withoutDatabase,
  'single-instance-sql-write-through': writeThrough,
  'single-instance-sql-write-back': writeBack,
  'sql-only': sqlOnly,
};

/** Of these tsips has no part: they need a cluster of OpenSIPS hosts, and what it is kept together by. */
const clusterPresets = [
  'federation-cluster',
  'federation-cachedb-cluster',
  'full-sharing-cluster',
  'full-sharing-cachedb-cluster',
];
const clusterModes = ['federation', 'federation-cachedb', 'full-sharing', 'full-sharing-cachedb'];

/** By db_mode. */
const databaseModes = [withoutDatabase, writeThrough, writeBack, sqlOnly] as const;

/** Errors: a mode that there is not, or not here. C: ul_check_config. */
export function workingModeOf({
  params,
  version,
  log,
}: Pick<ModuleHost, 'params' | 'version' | 'log'>): WorkingMode {
  const named = params.working_mode_preset;
  const byNumber = modeByNumber(params.db_mode, version, log);
  if (byNumber && named !== undefined)
    throw new Error("both 'db_mode' and 'working_mode_preset' are present -- please pick one!");
  if (byNumber) return byNumber;
  if (named !== undefined) return preset(String(named));
  return modeByParts(params, log);
}

function modeByNumber(
  value: ModuleHost['params'][string],
  version: string,
  log: Logger,
): WorkingMode | undefined {
  if (value === undefined || value === -1) return undefined;
  const mode = databaseModes[Number(value)];
  if (!mode) {
    log.warning('ul_check_config', `ignoring unknown db_mode: ${value}`);
    return undefined;
  }
  if (!version.startsWith('2.')) {
    log.warning('ul_check_config', "'db_mode' is now deprecated, use 'working_mode_preset'!");
  }
  return mode;
}

function preset(named: string): WorkingMode {
  const mode = presets[named.toLowerCase()];
  if (mode) return mode;
  if (clusterPresets.includes(named.toLowerCase()))
    throw new Error(`working_mode_preset '${named}' needs a cluster, which tsips has none of`);
  throw new Error(`invalid working_mode_preset: '${named}'`);
}

function modeByParts(params: ModuleHost['params'], log: Logger): WorkingMode {
  if (sharesByCluster(params.cluster_mode)) return sqlOnly;
  const loads = oneOf(params, 'restart_persistency', ['none', 'load-from-sql', 'sync-from-cluster']);
  const writes = oneOf(params, 'sql_write_mode', ['none', 'write-through', 'write-back']);
  if (loads === 'sync-from-cluster')
    throw new Error('cannot sync from cluster without first enabling a clustering mode!');
  if (loads === 'none') {
    if (writes !== 'none')
      log.warning(
        'ul_check_config',
        "the 'sql_write_mode' only makes sense with an SQL-based restart persistency -- ignoring...",
      );
    return withoutDatabase;
  }
  if (writes === 'none')
    log.warning(
      'ul_check_config',
      "using SQL restart persistency without an 'sql_write_mode' - defaulting to 'write-back'...",
    );
  return writes === 'write-through' ? writeThrough : writeBack;
}

/** Whether it is sql-only. Errors: for the modes of clusters. */
function sharesByCluster(value: ModuleHost['params'][string]): boolean {
  const mode = String(value ?? 'none').toLowerCase();
  if (clusterModes.includes(mode))
    throw new Error(`cluster_mode '${mode}' needs a cluster, which tsips has none of`);
  if (mode !== 'none' && mode !== 'sql-only') throw new Error(`invalid cluster_mode: '${mode}'`);
  return mode === 'sql-only';
}

function oneOf(params: ModuleHost['params'], name: string, words: readonly string[]): string {
  const word = String(params[name] ?? 'none').toLowerCase();
  if (!words.includes(word)) throw new Error(`invalid ${name}: '${word}'`);
  return word;
}
