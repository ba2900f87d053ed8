import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Catalogue, loadCatalogue } from '../../grammar/catalogue.ts';
import { check } from '../../grammar/check.ts';
import type { Diagnostic } from '../../grammar/findings/diagnostics.ts';
import type { ParamValidator } from '../../grammar/param-faults.ts';
import { loadParamValidator } from '../../grammar/param-validator.ts';
import { createParser } from '../../grammar/parse/parse.ts';
import { everythingEnvironment } from './everything-host.ts';

interface Probe {
  readonly name: string;
  readonly config: string;
  /** `ok`, or the first message, by versions: `"2.2 2.4": "ok"`. */
  readonly verdicts: Readonly<Record<string, string>>;
}

const probesFile = new URL('../../../test/grammar/probes/probes.json', import.meta.url);
const { probes }: { probes: readonly Probe[] } = JSON.parse(readFileSync(fileURLToPath(probesFile), 'utf8'));

/** Rows that are judged otherwise than by the union of the versions, with the sentence that asks for it. */
const departures: Readonly<Record<string, string>> = {
  'loadmodule twice': 'loading the same module twice warns with both places',
  'call of undefined route':
    'Checked here: … unknown or doubly defined route (OpenSIPS refuses it when it starts)',
  'debug=3': 'accept what any of them accepts (2.1, which was not asked, does)',
  'fork=yes': 'accept what any of them accepts (2.1, which was not asked, does)',
  'route($var(x))':
    'Parse every construct that OpenSIPS 2.1 to 4.0 accepts (it does from 3.1 on; only its -C crashes there)',
  'tls_mgm [dom]cert before server_domain':
    'such a module … its parameters are checked against the catalogue (which knows no forms of values)',
  '${VAR} in string':
    'such a module … its parameters are checked against the catalogue (which knows no forms of values)',
  'unknown variable in xlog string':
    'Checked here: … unknown variable or transformation (OpenSIPS refuses it when it starts)',
};

const parse = createParser();
let catalogue: Catalogue;
let validate: ParamValidator;
before(async () => {
  [catalogue, validate] = await Promise.all([loadCatalogue(), loadParamValidator([])]);
});

/** `@L@` is `listen` up to 2.4 and `socket` from 3.1 on. */
function fill(config: string, version: string): string {
  const is2 = version.startsWith('2');
  return config
    .replaceAll('@M@', '/modules/')
    .replaceAll('@MN@', '/modules')
    .replaceAll('@L@', is2 ? 'listen' : 'socket')
    .replaceAll('@TO@', is2 || version === '3.1' ? '' : 'loadmodule "tls_openssl.so"')
    .replaceAll('@INC@', '/included.cfg')
    .replaceAll('@INC2@', '/statement.cfg');
}

const included: Readonly<Record<string, string>> = {
  '/included.cfg': 'route[included] { exit; }\n',
  '/statement.cfg': 'exit;\n',
};

/** @param asked The version that the file is said to be for; guessed where absent. */
function findingsIn(probe: Probe, filledFor: string, asked?: string): readonly Diagnostic[] {
  const parsed = parse(fill(probe.config, filledFor), { name: 'probe.cfg', read: (path) => included[path] });
  return check(parsed, everythingEnvironment(catalogue, validate, asked));
}

for (const probe of probes) {
  const accepting = Object.entries(probe.verdicts).flatMap(([versions, verdict]) =>
    verdict === 'ok' ? versions.split(' ') : [],
  );
  const departure = departures[probe.name];
  const expected = accepting.length > 0 !== (departure !== undefined);
  const version = accepting.at(-1) ?? '3.6';

  test(`${probe.name}: ${expected ? 'no error' : 'an error'}${departure ? ` (${departure})` : ''}`, () => {
    const errors = findingsIn(probe, version).filter(({ severity }) => severity === 'error');
    assert.equal(
      errors.length === 0,
      expected,
      errors.map(({ code, message }) => `${code}: ${message}`).join('; '),
    );
  });
}

/** What a version refuses for a reason that no check of a text can see, with the reason. */
const unseen: Readonly<Record<string, string>> = {
  'tls_mgm certificate without domain': 'the form of a value',
  'tls_mgm [dom]cert with server_domain': 'the form of a value',
  'tls_mgm server_domain d1=ip:port (2.x form)': 'the form of a value',
  'tls_mgm verify_cert "1" without domain': 'the form of a value',
  'socket: host with dash': 'a name that was not known where it was asked',
};

test('what the version of a file refuses and another one accepts is at least warned of', () => {
  const silent = probes.flatMap((probe) => {
    const verdicts = Object.entries(probe.verdicts).flatMap(([versions, verdict]) =>
      versions.split(' ').map((version) => ({ version, verdict })),
    );
    if (probe.name in unseen || !verdicts.some(({ verdict }) => verdict === 'ok')) return [];
    return verdicts
      .filter(({ version, verdict }) => verdict !== 'ok' && isSilent(findingsIn(probe, version, version)))
      .map(({ version, verdict }) => `${probe.name}, ${version}: ${verdict}`);
  });
  assert.deepEqual(silent, []);
});

const isSilent = (findings: readonly Diagnostic[]) => findings.every(({ severity }) => severity === 'note');
