import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type * as library from '../../../runtime/index.ts';
import { configAround, requestText, statusOf } from './host-tools.ts';

/** The package as others import it: dist/, which `npm run build` makes. */
async function importPackage(): Promise<typeof library> {
  const name = 'tsips';
  return await import(name);
}

test("import { createHost } from 'tsips' runs two hosts with the packaged modules and their manifest.json", async () => {
  const { createHost } = await importPackage();
  const dist = fileURLToPath(new URL('../../../../dist/', import.meta.url));
  const config = `stderror_enabled=no\n${configAround('route { sl_send_reply(200, "OK"); }')}`;
  const options = { config, listenOn: () => '127.0.0.1:0' };
  const hosts = [await createHost(options), await createHost(options)];
  await Promise.all(hosts.map((host) => host.start()));
  try {
    for (const host of hosts) {
      assert.equal(statusOf(host.inject(requestText())[0]), 200);
      for (const { answer } of host.checked.modules) {
        assert.ok(answer.found);
        assert.equal(dirname(answer.from), join(dist, 'modules', answer.manifest.name));
        const manifest = join(dirname(answer.from), 'manifest.json');
        assert.ok(existsSync(manifest));
        assert.deepEqual(answer.manifest, JSON.parse(readFileSync(manifest, 'utf8')));
      }
    }
    assert.notEqual(hosts[0]?.listeners[0]?.port, hosts[1]?.listeners[0]?.port);
  } finally {
    await Promise.all(hosts.map((host) => host.stop()));
  }
});
