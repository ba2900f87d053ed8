import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerInChromium, withoutChromium } from './chromium.ts';
import { startProgram } from './started-program.ts';

test('Chromium: JsSIP in a page registers over the native WebSocket', { skip: withoutChromium }, async () => {
  const program = await startProgram();
  try {
    assert.equal(await registerInChromium(`ws://127.0.0.1:${program.port}/`), 200);
  } finally {
    assert.equal(await program.stop(), 0);
  }
});
