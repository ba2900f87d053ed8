import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic } from '../../grammar/findings/diagnostics.ts';
import { type CheckedFile, checkFile } from '../../runtime/check-file.ts';
import { configFor, type Probe, readIncluded, readProbes, syntaxErrorOf } from '../grammar/probes/probes.ts';

/** Verdicts of `opensips -C` that a check does not share, by probe and version, with the reason. */
const explained: Readonly<Record<string, { readonly versions: readonly string[]; readonly why: string }>> = {
  'socket: host with dash': {
    versions: ['2.2', '2.4', '3.1', '3.4'],
    why: 'the name could not be looked up where OpenSIPS was asked; a check looks up no names',
  },
  'route($var(x))': {
    versions: ['3.1', '3.4', '3.6', '4.0'],
    why: 'OpenSIPS accepts the form and -C crashes over it, without a message',
  },
};

/** First errors in another line than the one that OpenSIPS printed. */
const otherLines: Readonly<Record<string, string>> = {
  '\x24{VAR} in listen':
    'OpenSIPS 2.x takes the variable for the begin of a value that goes on in the next line',
};

const versions = ['2.2', '2.4', '3.1', '3.4', '3.6', '4.0'];
const probes = readProbes();

async function judge(probe: Probe, version: string): Promise<CheckedFile> {
  return checkFile({ config: configFor(probe, version), name: 'probe.cfg', read: readIncluded, version });
}

/** What `-C` of OpenSIPS would end with; what only its start refuses is no answer to that. */
const errorsOf = ({ diagnostics }: CheckedFile): readonly Diagnostic[] =>
  diagnostics.filter(({ severity, atStart }) => severity === 'error' && atStart === undefined);

for (const version of versions) {
  test(`${version}: of ${probes.length} probes all but the explained ones are judged as opensips -C does`, async () => {
    const differing: string[] = [];
    for (const probe of probes) {
      const isRefused = errorsOf(await judge(probe, version)).length > 0;
      if (isRefused === (probe.verdicts[version] === 'ok')) differing.push(probe.name);
    }
    const allowed = Object.keys(explained).filter((name) => explained[name]?.versions.includes(version));
    assert.deepEqual(differing, allowed);
    assert.ok(probes.length - differing.length >= 196);
  });
}

test('the first error is in the line where OpenSIPS saw a syntax error', async () => {
  const differing = new Set<string>();
  let compared = 0;
  for (const probe of probes) {
    for (const version of versions) {
      const place = syntaxErrorOf(probe.verdicts[version] ?? '');
      if (!place) continue;
      const checked = await judge(probe, version);
      const [first] = errorsOf(checked);
      compared += 1;
      if (!first || checked.parsed.source.locate(first.span.start).line !== place.line) {
        differing.add(probe.name);
      }
    }
  }
  assert.deepEqual([...differing], Object.keys(otherLines));
  assert.ok(compared > 200, `${compared} compared`);
});
