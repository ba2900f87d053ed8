import assert from 'node:assert/strict';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { test } from 'node:test';
import { createLog, defaultLogSettings } from '../../../runtime/log/index.ts';
import { leadsToJournal, withPriority } from '../../../runtime/log/sinks/journal-sink.ts';
import { memorySink } from './memory-sink.ts';

test('systemd.exec(5): JOURNAL_STREAM names device and inode of what the descriptor leads to', () => {
  const descriptor = openSync('/dev/null', 'w');
  const { dev, ino } = fstatSync(descriptor);
  assert.equal(leadsToJournal(`${dev}:${ino}`, descriptor), true);
  assert.equal(leadsToJournal(`${dev}:${ino + 1}`, descriptor), false);
  assert.equal(leadsToJournal(undefined, descriptor), false);
  closeSync(descriptor);
  assert.equal(leadsToJournal(`${dev}:${ino}`, descriptor), false, 'closed');
});

test('sd-daemon(3): every line of a text has the priority in front', () => {
  assert.equal(withPriority('one\ntwo\n', 3), '<3>one\n<3>two\n');
  assert.equal(withPriority('no newline', 5), '<5>no newline\n');
});

test('syslog lines go to the journal where standard error leads there', async () => {
  const { dev, ino } = fstatSync(2);
  const stderr = memorySink();
  const log = createLog({
    journalStream: `${dev}:${ino}`,
    settings: { ...defaultLogSettings, stderr: false, syslog: true },
    stderr,
  });
  log.for('core').error('main', 'broken');
  await log.close();
  assert.deepEqual(stderr.lines, ['<3>ERROR:core:main: broken\n']);
});
