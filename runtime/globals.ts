/**
 * The core's global parameters: what each does here, and the values that a config gives them.
 */

import {
  type Config,
  defaultIn,
  type GlobalParameter,
  type GlobalSupport,
  judgeGlobal,
  newestVersion,
} from '../grammar/index.ts';
import { logGlobals } from './globals/log-globals.ts';
import { networkGlobals } from './globals/network-globals.ts';
import { processGlobals } from './globals/process-globals.ts';
import type { GlobalRow } from './globals/rows.ts';

const rows: readonly GlobalRow[] = [...logGlobals, ...networkGlobals, ...processGlobals];

const DEBUG_LEVEL = 4;

/** What each core global of each version does here, by every name that it ever had, and our own ones. */
export const globalSupport: ReadonlyMap<string, GlobalSupport> = new Map(
  rows.flatMap((row) => row.spellings.map((spelling) => [spelling, row] as const)),
);

const rowsBySpelling: ReadonlyMap<string, GlobalRow> = new Map(
  rows.flatMap((row) => row.spellings.map((spelling) => [spelling, row] as const)),
);

/** The values of the core's globals, under the names of the newest version that has them. */
export interface GlobalValues {
  /** What the config says, else the default of its version; undefined where there is neither. */
  get(name: string): number | string | undefined;
  /** Only what the config, or the command line, says. */
  given(name: string): number | string | undefined;
  /** As `get`; 0 where there is no number. */
  number(name: string): number;
  /** As `get`; '' where there is no text. */
  text(name: string): string;
  flag(name: string): boolean;
  /** All values of a parameter that may stand several times (`mpath`), in order. */
  list(name: string): readonly string[];
}

interface GlobalValueOptions {
  /** The OpenSIPS version of the config, which decides about some defaults; the newest where none is given. */
  readonly version?: string;
  /** What the command line says over the config: `{ debug_mode: 1 }`. */
  readonly overrides?: Readonly<Record<string, number | string>>;
}

/**
 * Reads the values of the core's globals from a config that was checked. A value of the wrong kind counts as not
 * given; the last one counts where a name stands twice. Any name that a global ever had leads to the same value.
 */
export function globalValues(config: Config, options: GlobalValueOptions = {}): GlobalValues {
  const { version = newestVersion, overrides = {} } = options;
  const given = new Map<string, number | string>();
  const lists = new Map<string, string[]>();
  for (const item of config.items) {
    if (item.kind === 'GlobalParameter') take(item, rowsBySpelling.get(item.name.text), given, lists);
  }
  for (const [name, value] of Object.entries(overrides)) given.set(canonical(name), value);
  if (given.get('debug_mode') === 1) enterDebugMode(given);

  const get = (name: string): number | string | undefined => {
    const row = rowsBySpelling.get(name);
    const value = given.get(row?.name ?? name);
    return value ?? (row && defaultIn(row, version));
  };
  return {
    get,
    given: (name) => given.get(canonical(name)),
    number: (name) => asNumber(get(name)),
    text: (name) => String(get(name) ?? ''),
    flag: (name) => asNumber(get(name)) !== 0,
    list: (name) => lists.get(canonical(name)) ?? [],
  };
}

function canonical(name: string): string {
  return rowsBySpelling.get(name)?.name ?? name;
}

function take(
  item: GlobalParameter,
  row: GlobalRow | undefined,
  given: Map<string, number | string>,
  lists: Map<string, string[]>,
): void {
  if (!row) return;
  const judged = judgeGlobal(row.value, item.value);
  if (!judged.ok) return;
  const written = item.name.text;
  const value = row.inverted?.includes(written) ? Number(judged.value === 0) : judged.value;
  given.set(row.name, value);
  if (row.value.type === 'string' && row.value.list) {
    lists.set(row.name, [...(lists.get(row.name) ?? []), String(value)]);
  }
  // Up to 3.3 one parameter chose between the two outputs.
  if (written === 'log_stderror') given.set('syslog_enabled', Number(value === 0));
}

/** `debug_mode` outweighs what the config says of the log (cfg.y: DEBUG_MODE), wherever it stands. */
function enterDebugMode(given: Map<string, number | string>): void {
  given.set('log_level', DEBUG_LEVEL);
  given.set('stderror_enabled', 1);
  given.set('syslog_enabled', 0);
}

function asNumber(value: number | string | undefined): number {
  return typeof value === 'number' ? value : 0;
}
