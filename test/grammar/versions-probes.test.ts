import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser, guessVersion, loadCatalogue } from '../../grammar/index.ts';
import { acceptedBy, configFor, readIncluded, readProbes } from './probes/probes.ts';

const catalogue = await loadCatalogue();
const parse = createParser();

/** The versions up to 2.4 were asked without the line of tls_openssl, which they do not have. */
const askedOtherwise = new Set(['wss + tls_mgm + tls_openssl, no certificate']);

test('version guessed of each probe: one that accepts it; the newest of those is a candidate; nothing misfits', () => {
  let seen = 0;
  for (const probe of readProbes()) {
    if (askedOtherwise.has(probe.name)) continue;
    const accepting = new Set(acceptedBy(probe));
    const asked = Object.keys(probe.verdicts);
    for (const text of new Set(asked.map((version) => configFor(probe, version)))) {
      const given = asked.filter((version) => configFor(probe, version) === text);
      const newest = given.findLast((version) => accepting.has(version));
      if (newest === undefined) continue;
      const { config, facts } = parse(text, { name: 'probe.cfg', read: readIncluded });
      const { version, candidates, misfits } = guessVersion(config, catalogue, facts);
      assert.deepEqual(misfits, [], probe.name);
      assert.ok(candidates.includes(newest), `${probe.name}: ${newest} is not among ${candidates}`);
      assert.ok(!given.includes(version) || accepting.has(version), `${probe.name}: ${version} refuses it`);
      seen++;
    }
  }
  assert.ok(seen > 200, `${seen} configs`);
});
