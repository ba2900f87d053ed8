import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sqliteFolder } from './sqlite-file.ts';

const files = sqliteFolder();
after(() => files.close());

const program = fileURLToPath(new URL('writer.js', import.meta.url));

function start(t: { after(call: () => void): void }, ...words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [program, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => void child.kill('SIGKILL'));
  return child;
}

/** Waits until the process has printed so much; answers all that it has printed. */
async function printed(child: ChildProcess, enough: (text: string) => boolean): Promise<() => string> {
  let text = '';
  child.stdout?.setEncoding('latin1');
  for await (const [chunk] of eventsOf(child)) {
    text += chunk;
    if (enough(text)) break;
  }
  child.stdout?.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

async function* eventsOf(child: ChildProcess): AsyncGenerator<readonly [string]> {
  while (child.stdout) yield (await once(child.stdout, 'data')) as [string];
}

const countOf = async (database: ReturnType<typeof files.database>) =>
  Number((await database.rawTable('SELECT count(*) FROM uri')).rows[0]?.[0]);

describe('kill -9', () => {
  test('every row that was written is there afterwards, and nothing keeps the file locked', async (t) => {
    const path = files.path('killed.db');
    files.module().tools?.['sqlite create']?.([path], { sockets: [] });
    const child = start(t, 'write', path);
    const output = await printed(child, (text) => text.split('\n').length > 500);
    child.kill('SIGKILL');
    await once(child, 'close');
    const told = output().split('\n').length - 1;
    const database = files.database('killed.db');
    const kept = await countOf(database);
    // The one that was written when the end came may be there without having been told.
    assert.ok(kept === told || kept === told + 1, `${told} told, ${kept} kept`);
    await database.insert('uri', { username: 'next' });
    assert.deepEqual((await database.rawTable('PRAGMA integrity_check')).rows, [['ok']]);
  });
});

describe('two processes on one file', () => {
  test('busy_timeout: what is asked waits, in its order, without blocking the process', async (t) => {
    const database = files.database('shared.db', { busy_timeout: 60_000 });
    const holder = start(t, 'hold', files.path('shared.db'), '300');
    await printed(holder, (text) => text.includes('locked'));
    let turns = 0;
    const beat = setInterval(() => turns++, 1);
    const first = database.insert('uri', { username: 'first' });
    assert.ok(first instanceof Promise);
    const second = database.update('uri', { uri_user: 'changed' }, [
      { column: 'username', operator: '=', value: 'first' },
    ]);
    const third = database.transaction(() => void database.insert('uri', { username: 'third' }));
    assert.deepEqual(await Promise.all([first, second, third]), [undefined, 1, undefined]);
    clearInterval(beat);
    assert.ok(turns > 10);
    assert.deepEqual(await database.select('uri', ['username', 'uri_user'], [], 'id'), [
      { username: 'holder', uri_user: '' },
      { username: 'first', uri_user: 'changed' },
      { username: 'third', uri_user: '' },
    ]);
    assert.ok(!(database.insert('uri', { username: 'fourth' }) instanceof Promise));
  });

  test('what others have locked for longer fails as busy, and what comes later is done', async (t) => {
    const database = files.database('locked.db', { busy_timeout: 20 });
    const holder = start(t, 'hold', files.path('locked.db'), '60000');
    await printed(holder, (text) => text.includes('locked'));
    await assert.rejects(async () => database.insert('uri', { username: 'late' }), { code: 'busy' });
    assert.equal(await countOf(database), 0);
    holder.kill('SIGKILL');
    await once(holder, 'close');
    await database.insert('uri', { username: 'free' });
    assert.equal(await countOf(database), 1);
  });

  test('busy_timeout 0: it fails at once', async (t) => {
    const database = files.database('at-once.db', { busy_timeout: 0 });
    const holder = start(t, 'hold', files.path('at-once.db'), '60000');
    await printed(holder, (text) => text.includes('locked'));
    assert.throws(() => void database.insert('uri', { username: 'late' }), { code: 'busy' });
  });
});
