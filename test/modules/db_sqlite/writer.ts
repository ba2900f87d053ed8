/**
 * A process of its own that uses a database, told by its arguments: `write FILE` inserts rows until it is killed and
 * prints the number of each one that is committed; `hold FILE MILLISECONDS` keeps the file locked for that long.
 */
import { writeSync } from 'node:fs';
import createModule from '../../../modules/db_sqlite/index.ts';
import type { ModuleHost } from '../../../runtime/module-exports.ts';
import { createTimers } from '../../../runtime/timers.ts';
import { silent } from '../../runtime/loggers.ts';
import { open } from './sqlite-file.ts';

const [, , task, file = '', time = '0'] = process.argv;
const timers = createTimers(() => undefined);
const host = {
  params: {},
  log: silent,
  timers,
  globals: { serverHeader: undefined, get: () => undefined },
  resolvePath: (path: string) => path,
} satisfies Partial<ModuleHost>;
const database = open(createModule(host as unknown as ModuleHost), `sqlite://${file}`);

if (task === 'write') {
  for (let row = 1; ; row++) {
    database.insert('uri', { username: `user${row}`, uri_user: 'x' });
    writeSync(1, `${row}\n`);
  }
}
if (task === 'hold') {
  database.raw('BEGIN IMMEDIATE');
  database.insert('uri', { username: 'holder' });
  writeSync(1, 'locked\n');
  setTimeout(() => {
    database.raw('COMMIT');
    process.exit(0);
  }, Number(time));
}
