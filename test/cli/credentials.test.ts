import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findGroup, findUser } from '../../runtime/cli/credentials.ts';

test('main.c user2uid: names of the system and their groups, numbers as they are', () => {
  for (const row of readFileSync('/etc/passwd', 'utf8').trim().split('\n')) {
    const [name = '', , uid = '', gid = ''] = row.split(':');
    assert.deepEqual(findUser(name), { uid: Number(uid), gid: Number(gid) });
  }
  assert.deepEqual(findUser('0'), { uid: 0, gid: 0 });
  assert.deepEqual(findUser('54321'), { uid: 54_321, gid: undefined });
  assert.equal(findUser('no-such-user'), undefined);
});

test('main.c group2gid', () => {
  for (const row of readFileSync('/etc/group', 'utf8').trim().split('\n')) {
    const [name = '', , gid = ''] = row.split(':');
    assert.equal(findGroup(name), Number(gid));
  }
  assert.equal(findGroup('54321'), 54_321);
  assert.equal(findGroup('no-such-group'), undefined);
});
