import assert from 'node:assert/strict';
import { test } from 'node:test';
import { program } from '../program-path.ts';
import { surviveKill } from './survival.ts';

test('contacts written through to SQLite are there after kill -9: 300 of them answer', async () => {
  const { registered, reached } = await surviveKill(program, 300);
  assert.deepEqual({ registered, reached }, { registered: 300, reached: 300 });
});
