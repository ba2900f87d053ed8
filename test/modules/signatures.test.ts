import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkConfig } from '../../runtime/index.ts';

/** OpenSIPS of that version accepts these files and starts with them. */
for (const version of ['2.4', '3.6']) {
  test(`functions and parameters as OpenSIPS ${version} writes them`, async () => {
    const file = fileURLToPath(new URL(`../../../test/modules/signatures/${version}.cfg`, import.meta.url));
    const { diagnostics, parsed } = await checkConfig({ file, version, listenOn: () => '127.0.0.1:0' });
    const found = diagnostics
      .filter(({ severity }) => severity !== 'note')
      .map(({ message, span }) => `line ${parsed.source.locate(span.start).line}: ${message}`);
    assert.deepEqual(found, []);
  });
}
