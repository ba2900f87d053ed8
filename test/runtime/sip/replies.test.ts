/** Replies, byte for byte as OpenSIPS 3.6.8 answered the same requests (recorded over UDP from 127.0.0.1:5060). */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { buildReply } from '../../../runtime/sip/build-reply.ts';
import { parseMessage } from '../../../runtime/sip/message.ts';
import { sourceFrom } from './sources.ts';

interface Recorded {
  readonly name: string;
  readonly code: number;
  readonly request: readonly string[];
  readonly reply: readonly string[];
}

const fixtures = new URL('../../../../test/runtime/sip/fixtures/replies.json', import.meta.url);
const recorded: readonly Recorded[] = JSON.parse(readFileSync(fixtures, 'utf8'));

for (const { name, code, request, reply } of recorded) {
  test(`reply as recorded: ${name}`, () => {
    const message = parseMessage(request.join('\r\n'), sourceFrom('127.0.0.1', 5060));
    const extra = message.header('X-Reply');
    if (extra !== undefined) message.edits.appendToReply(`X-Reply: ${extra}\r\n`);
    const built = buildReply(message, code, 'Reason', { toTag: 'TAG', serverHeader: 'Server: reference' });
    assert.deepEqual(built.split('\r\n'), reply);
  });
}
