import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FrameTracker } from '../../../modules/proto_ws/frame-tracker.ts';
import { HeadReader } from '../../../modules/proto_ws/head-reader.ts';
import { Refusal } from '../../../modules/proto_ws/refusals.ts';
import { BINARY, frame, goodRequest, PING, requestText, TEXT, upgraded } from './wire.ts';
import { openWebSocketHost } from './ws-host.ts';

/** A buffer cut at these places, each as a share of its length. */
function cutAt(bytes: Buffer, shares: readonly number[]): Buffer[] {
  const places = [...new Set(shares.map((share) => Math.floor(share * bytes.length)))].sort((a, b) => a - b);
  return [0, ...places].map((from, at) => bytes.subarray(from, places[at] ?? bytes.length));
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 40 });

describe('an upgrade request cut anywhere', () => {
  const bytes = Buffer.from(`\r\n\r\n${requestText(goodRequest)}frames`);

  test('at every single byte', () => {
    for (let at = 0; at <= bytes.length; at++) {
      const reader = new HeadReader(1000, 'ws_max_request_size');
      const read = reader.push(bytes.subarray(0, at)) ?? reader.push(bytes.subarray(at));
      assert.equal(read?.head.headers.length, goodRequest.length - 1, `cut at ${at}`);
    }
  });

  test('in any pieces: the same request, and what lies behind it is not lost', () => {
    fc.assert(
      fc.property(shares, (places) => {
        const reader = new HeadReader(1000, 'ws_max_request_size');
        const pieces = cutAt(bytes, places);
        for (const [at, piece] of pieces.entries()) {
          const read = reader.push(piece);
          if (!read) continue;
          assert.equal(read.head.target, '/');
          assert.equal(Buffer.concat([read.rest, ...pieces.slice(at + 1)]).toString(), 'frames');
          return;
        }
        assert.fail('not read');
      }),
    );
  });

  test('any bytes: a request, a Refusal or more to come, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), shares, (start, places) => {
        const reader = new HeadReader(200, 'ws_max_request_size');
        try {
          for (const piece of cutAt(Buffer.concat([start, bytes]), places)) if (reader.push(piece)) return;
        } catch (error) {
          assert.ok(error instanceof Refusal);
        }
      }),
    );
  });
});

const payload = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const anyFrame = fc
  .record({
    opcode: fc.constantFrom(TEXT, BINARY, PING),
    payload,
    masked: fc.boolean(),
    lengthBits: fc.constantFrom(16 as const, 64 as const),
  })
  .map((parts) => frame(parts));

test('the tracker counts frames the same however they are cut, and knows when one is unfinished', () => {
  fc.assert(
    fc.property(fc.array(anyFrame, { maxLength: 6 }), shares, (frames, places) => {
      const bytes = Buffer.concat(frames);
      const ends = frames.map((_, at) => Buffer.concat(frames.slice(0, at + 1)).length);
      const tracker = new FrameTracker();
      let taken = 0;
      let completed = 0;
      for (const piece of cutAt(bytes, places)) {
        completed += tracker.push(piece);
        taken += piece.length;
        assert.equal(completed, ends.filter((end) => end <= taken).length);
        assert.equal(tracker.unfinished, taken > 0 && !ends.includes(taken));
      }
      assert.equal(completed, frames.length);
    }),
  );
});

test('a session cut anywhere: the same messages arrive, in their order', async () => {
  const sessions = fc.record({
    messages: fc.array(fc.uint8Array({ minLength: 5, maxLength: 400 }), { minLength: 1, maxLength: 5 }),
    fragments: fc.integer({ min: 1, max: 3 }),
    shares,
  });
  await fc.assert(
    fc.asyncProperty(sessions, async ({ messages, fragments, shares: places }) => {
      const arrived: string[] = [];
      const host = await openWebSocketHost({ ws_max_msg_chunks: 0 }, (message, source) => {
        arrived.push(message);
        if (arrived.length === messages.length) source.send('done');
      });
      const reader = await upgraded(await host.dial());
      reader.socket.setNoDelay(true);
      const bytes = Buffer.concat(messages.map((message) => inFragments(Buffer.from(message), fragments)));
      for (const piece of cutAt(bytes, places)) {
        reader.socket.write(piece);
        await new Promise(setImmediate);
      }
      assert.equal((await reader.frame())?.payload.toString(), 'done');
      assert.deepEqual(
        arrived,
        messages.map((message) => Buffer.from(message).toString('latin1')),
      );
      reader.socket.destroy();
      await host.close();
    }),
    { numRuns: 40 },
  );
});

/** One binary message in so many frames. */
function inFragments(message: Buffer, count: number): Buffer {
  const size = Math.ceil(message.length / count);
  const frames = Array.from({ length: count }, (_, at) =>
    frame({
      opcode: at === 0 ? BINARY : 0,
      payload: message.subarray(at * size, (at + 1) * size),
      fin: at === count - 1,
    }),
  );
  return Buffer.concat(frames);
}
