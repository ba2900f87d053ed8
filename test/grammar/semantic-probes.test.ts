import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Catalogue, loadCatalogue } from '../../grammar/catalogue.ts';
import { check } from '../../grammar/check.ts';
import type { Diagnostic } from '../../grammar/diagnostics.ts';
import { loadParamValidator, type ParamValidator } from '../../grammar/param-validator.ts';
import { createParser } from '../../grammar/parse.ts';
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
  [catalogue, validate] = await Promise.all([loadCatalogue(), loadParamValidator()]);
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

function errorsIn(probe: Probe, version: string): readonly Diagnostic[] {
  const parsed = parse(fill(probe.config, version), { name: 'probe.cfg', read: (path) => included[path] });
  const findings = check(parsed, everythingEnvironment(catalogue, validate));
  return findings.filter(({ severity }) => severity === 'error');
}

for (const probe of probes) {
  const accepting = Object.entries(probe.verdicts).flatMap(([versions, verdict]) =>
    verdict === 'ok' ? versions.split(' ') : [],
  );
  const departure = departures[probe.name];
  const expected = accepting.length > 0 !== (departure !== undefined);
  const version = accepting.at(-1) ?? '3.6';

  test(`${probe.name}: ${expected ? 'no error' : 'an error'}${departure ? ` (${departure})` : ''}`, () => {
    const errors = errorsIn(probe, version);
    assert.equal(
      errors.length === 0,
      expected,
      errors.map(({ code, message }) => `${code}: ${message}`).join('; '),
    );
  });
}
