import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createReadCount } from '../../../runtime/net/read-count.ts';

/** What came in one turn: bytes of a read that left a message unfinished, or the end of one. */
type Turn = readonly (number | 'whole')[];

/** In which turn the limit was reached, counted from 1; undefined where it was not. */
async function reachedIn(
  rule: 'each-read' | 'each-turn',
  maxReads: number,
  turns: readonly Turn[],
): Promise<number | undefined> {
  let now = 0;
  const reached: number[] = [];
  const count = createReadCount({ maxReads, rule }, () => reached.push(now));
  for (const reads of turns) {
    now++;
    for (const read of reads) {
      if (read === 'whole') count.whole();
      else count.unfinished(read);
    }
    await turn();
  }
  assert.ok(reached.length < 2, 'it is told once');
  return reached[0];
}

describe('…_max_msg_chunks: each read counts', () => {
  test('the fourth of four', async () => {
    assert.equal(await reachedIn('each-read', 4, [[1], [1, 1], [1], [1]]), 3);
  });
  test('however much it brings', async () => {
    assert.equal(await reachedIn('each-read', 2, [[65_536], [65_536]]), 2);
  });
  test('what is whole lets it begin anew', async () => {
    assert.equal(await reachedIn('each-read', 3, [[1], [1], ['whole', 1], [1], [1]]), 5);
  });
  test('0: no limit', async () => {
    assert.equal(await reachedIn('each-read', 0, [[1], [1], [1], [1], [1]]), undefined);
  });
});

describe('…_max_msg_chunks of streams that come in records: each turn counts once', () => {
  test('reads of one turn are one', async () => {
    assert.equal(await reachedIn('each-turn', 4, [[1, 1, 1, 1, 1], [1, 1], [1], [1]]), 4);
  });
  test('a turn that brings 16,384 bytes does not count, in one read or in several', async () => {
    const turns = [[16_384], [10_000, 6_384], [65_536], [1], [16_383], [1]];
    assert.equal(await reachedIn('each-turn', 3, turns), 6);
  });
  test('what is whole lets it begin anew, also in the midst of a turn', async () => {
    assert.equal(await reachedIn('each-turn', 2, [[1], [1, 'whole'], [1], ['whole', 1], [1]]), 5);
  });
  test('what came before the end of a message in a turn is not counted with what came behind', async () => {
    assert.equal(await reachedIn('each-turn', 1, [[16_000, 'whole', 500]]), 1);
  });
  test('0: no limit', async () => {
    assert.equal(await reachedIn('each-turn', 0, [[1], [1], [1]]), undefined);
  });
});
