/** The cache functions of the core, with this module in a running host. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectLog, configAround, hostOf } from '../../runtime/host/host-tools.ts';

test('cachedb_local: what cache_store stores, cache_fetch finds', async () => {
  const { log, lines } = collectLog();
  const script = `startup_route {
	cache_store("local", "key", "value");
	cache_fetch("local", "key", $var(found));
	xlog("found $var(found)");
}
route { exit; }`;
  const host = await hostOf(configAround(script, ['cachedb_local']), { log });
  await host.start();
  await host.stop();
  assert.ok(lines.includes('xlog : found value'), lines.join('\n'));
});
