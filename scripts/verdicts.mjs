// Compares `tsips check` with what `opensips -C` of 2.2, 2.4, 3.1, 3.4, 3.6 and 4.0 printed for OpenSIPS's sample configs.
// Usage: npm run build && node scripts/verdicts.mjs [folder of the samples and verdicts.json]
// (else TSIPS_SAMPLE_CONFIGS, else ../shared/configs); it ends with 1 where an agreement is below its aim, a difference is
// not explained in verdicts-explained.json, or an explanation is not needed any more.
//
// A run is one file asked of one version, as it is; and once more with the lines blanked that set globals which the version
// rejects, where there are any, because OpenSIPS stops at the first of these.
//   file       one refuses the file (tsips: it has an error) where the other does. Not comparable where a module refused
//              the form of a value and nothing else was said.
//   syntax     both find bad grammar, the first in the same line where the original tells it; or neither does.
//   global     both find a global parameter that the version does not have, the first in the same line; or neither does.
//              OpenSIPS says "syntax error" to a socket line whose keyword it does not know: that is one, too.
//   module     both find the same number of modules missing, the first of the same name where it is told; or neither.
//   parameter  both find the same number of parameters that their module lacks, the first the same; or neither does.
//   function   both find the same number of calls of functions that there are not, the first in the same line; or neither.
//              Up to 2.4 a function with another number of arguments is another function, as it is for OpenSIPS.
// OpenSIPS reads on after everything but bad grammar and unknown globals. Where it stopped above the last place that can hold
// something of the kind, or where verdicts.json keeps no more of its messages, what it does not tell is neither agreement
// nor difference, unless tsips has found something above the stop, which is a difference; what it tells has to be found, but
// is not counted. Modules that an original could not load where it was asked are missing for tsips as well.
import { agreements } from '../build/test/verdicts/agreement.js';
import { compareSamples } from '../build/test/verdicts/compare.js';
import { explain, readExplanations } from '../build/test/verdicts/explanations.js';
import { readSamples, samplesFolder } from '../build/test/verdicts/samples.js';

const samples = readSamples(process.argv[2] ?? samplesFolder);
if (typeof samples === 'string') {
  console.error(samples);
  process.exit(1);
}
const compared = await compareSamples(samples);
const explanations = readExplanations();
const { byReason, unexplained, stale } = explain(compared, explanations);

console.log(`${samples.length} files\n`);
console.log('version  subject    runs  comparable  with place  agree  share  aim');
const all = agreements(compared);
for (const { version, subject, runs, comparable, placed, agreeing, share, aim } of all) {
  const numbers = [pad(runs, 4), pad(comparable, 10), pad(placed, 10), pad(agreeing, 5)].join('  ');
  const below = share < aim ? '  below its aim' : '';
  console.log(
    `${version.padEnd(7)}  ${subject.padEnd(9)}  ${numbers}  ${pad(share.toFixed(1), 5)}  ${aim}${below}`,
  );
}
list('not explained', unexplained);
list('explained, but not so any more', stale);
list(
  'explained differences',
  [...byReason].map(([reason, count]) => `${count}: ${reason}`),
);
list(
  'modules that the originals could not load',
  explanations.modules.map(
    ({ module, versions, reason }) => `${module} in ${versions.join(', ')}: ${reason}`,
  ),
);
process.exitCode = all.some(({ share, aim }) => share < aim) || unexplained.length + stale.length > 0 ? 1 : 0;

function pad(value, width) {
  return String(value).padStart(width);
}

function list(title, lines) {
  if (lines.length === 0) return;
  console.log(`\n${title}:`);
  for (const line of lines) console.log(`  ${line}`);
}
