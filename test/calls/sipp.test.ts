import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { startProxy } from './proxy.ts';
import { relayingConfig, runLoad, type SippTransport, withoutSipp } from './sipp-run.ts';

const calls = 300;

const rows: readonly (readonly [what: string, transport: SippTransport, loss: number])[] = [
  ['UDP', 'udp', 0],
  ['TCP', 'tcp', 0],
  ['UDP, two of a hundred packets lost on each side of the proxy', 'udp', 0.02],
];

for (const [what, transport, loss] of rows) {
  test(`sipp's own caller and callee over ${what}: ${calls} calls, none fails`, {
    skip: withoutSipp,
  }, async () => {
    const figures = await runLoad(
      async (callee) => {
        const text = relayingConfig(callee, transport);
        const proxy = await startProxy({ text, folder: tmpdir(), inRealTime: true });
        return { port: proxy.ports[transport] ?? 0, stop: () => proxy.stop() };
      },
      { calls, rate: calls, transport, loss },
    );
    assert.deepEqual(
      { failed: figures.failed, successful: figures.successful },
      { failed: 0, successful: calls },
      figures.report,
    );
    if (loss > 0) assert.ok(figures.lost > calls / 10, `only ${figures.lost} packets were lost`);
  });
}
