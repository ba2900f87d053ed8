/**
 * Migrates every sample config of OpenSIPS 2.x and 3.x to 3.6 and to 4.0 (or to the versions given) and holds of each
 * result that a second run changes nothing and that whatever `tsips check` says of it has been listed:
 *
 *   npm run build && node scripts/migrate-samples.mjs [VERSION…]
 */
import { loadWholeCatalogue } from '../build/grammar/catalogue.js';
import { readSamples } from '../build/test/grammar/parse/samples.js';
import { createMigrator } from '../build/test/migrations/settle.js';

const samples = readSamples();
if (typeof samples === 'string') {
  console.error(samples);
  process.exit(1);
}
const wanted = process.argv.slice(2);
const migrator = createMigrator(await loadWholeCatalogue());
const ofThem = samples.filter(({ versions }) => versions.some((version) => /^[23]\./.test(version)));

let failed = false;
for (const to of wanted.length > 0 ? wanted : ['3.6', '4.0']) {
  const counts = { all: 0, clean: 0, changed: 0, left: 0 };
  for (const { name, versions, text } of ofThem) {
    const from = versions.find((version) => /^[23]\./.test(version));
    if (from === undefined || Number(from) > Number(to)) continue;
    const migration = await migrator.run(text, to, from);
    const problems = await migrator.unsettled(migration);
    for (const problem of problems) console.log(`${name} to ${to}: ${problem}`);
    failed ||= problems.length > 0;
    counts.all += 1;
    counts.changed += migration.done.length;
    counts.left += migration.left.length;
    if (migration.left.length === 0) counts.clean += 1;
  }
  console.log(
    `to ${to}: ${counts.all} configs, ${counts.clean} with nothing left; ${counts.changed} changes, ${counts.left} places left`,
  );
}
process.exitCode = failed ? 1 : 0;
