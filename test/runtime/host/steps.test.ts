import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSteps, type Step, undoSteps } from '../../../runtime/steps.ts';

/** Steps that write what happens to them; `a!` fails when run, `a?` when undone. */
function steps(names: string, story: string[]): Step<undefined>[] {
  return names.split(' ').map((word) => {
    const name = word.replace(/[!?]/g, '');
    return {
      name,
      run: async () => {
        await undefined;
        story.push(`+${name}`);
        if (word.includes('!')) throw new Error(`${name} failed`);
      },
      undo: () => {
        story.push(`-${name}`);
        if (word.includes('?')) throw new Error(`${name} cannot be undone`);
      },
    };
  });
}

const quiet = { before: () => undefined, undoFailed: () => undefined };

test('start: steps run in order', async () => {
  const story: string[] = [];
  await runSteps(steps('a b c', story), undefined, quiet);
  assert.deepEqual(story, ['+a', '+b', '+c']);
});

test('start: a failed step and those before it are undone in reverse, and its error goes on', async () => {
  const story: string[] = [];
  await assert.rejects(runSteps(steps('a b c! d', story), undefined, quiet), /c failed/);
  assert.deepEqual(story, ['+a', '+b', '+c', '-c', '-b', '-a']);
});

test('start: an undo that throws is told and keeps no other from running', async () => {
  const story: string[] = [];
  const told: string[] = [];
  const observer = {
    ...quiet,
    undoFailed: (step: string, reason: string) => told.push(`${step}: ${reason}`),
  };
  await undoSteps(steps('a b? c', story), undefined, observer);
  assert.deepEqual(story, ['-c', '-b', '-a']);
  assert.deepEqual(told, ['b: b cannot be undone']);
});

test('start: what the observer throws before a step breaks the start off there', async () => {
  const story: string[] = [];
  const before = (step: string) => {
    if (step === 'b') throw new Error('enough');
  };
  await assert.rejects(runSteps(steps('a b c', story), undefined, { ...quiet, before }), /enough/);
  assert.deepEqual(
    story.filter((word) => word.startsWith('+')),
    ['+a'],
  );
  assert.ok(story.includes('-a'));
});
