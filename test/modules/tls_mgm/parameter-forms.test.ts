import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findingFacts } from '../../../modules/tls_mgm/findings.ts';
import { paramSchemas } from '../../../modules/tls_mgm/parameters.ts';
import { createPki, temporaryFolder, writePem } from '../../pki/index.ts';
import { brokenRows } from './broken-rows.ts';
import { findingsOf, type ParamLine, tlsConfig } from './checked-config.ts';
import { forms, listener2 } from './form-rows.ts';

/** CERT, KEY and CA in a value stand for files that are there. */
let files: Readonly<Record<'CERT' | 'KEY' | 'CA', string>>;
const folder = temporaryFolder();
before(async () => {
  const { intermediate, root } = await createPki();
  const leaf = await intermediate.issue();
  files = {
    CERT: writePem(folder, 'cert.pem', leaf.chain),
    KEY: writePem(folder, 'key.pem', leaf.key),
    CA: writePem(folder, 'ca.pem', root.certificate),
  };
});

/** `name value`, or `module name value`; a value that is a number has no quotes. */
function paramLine(text: string): ParamLine {
  const [, module, name = '', value = ''] = /^(?:(proto_\w+) )?(\w+) (.*)$/.exec(text) ?? [];
  const full = value.replace(/CERT|KEY|CA$/g, (word) => files[word as 'CERT' | 'KEY' | 'CA']);
  return {
    ...(module && { module }),
    name,
    value: /^\d+$/.test(full) ? Number(full) : full.replace(/^'|'$/g, ''),
  };
}

/** Where tls_mgm is loaded. */
const lineOfModule = '2:1-24';

/** Codes of the grammar's own checks, which have no module in front. */
const ofGrammar = /^(parameter-|not-in-)/;

describe('tls_mgm, how parameters are written', () => {
  for (const { what, version, lines, found = [], parts } of forms) {
    test(what, async () => {
      const params = lines.map(paramLine);
      const { text, places } = tlsConfig(params, parts ?? (version < '3' ? listener2 : {}));
      const expected = found.map((line) => {
        const [, at = '0', rest = ''] = /^(\d+): (.*)$/.exec(line) ?? [];
        const place = at === '0' ? lineOfModule : places[Number(at) - 1];
        return `${place} ${ofGrammar.test(rest) ? '' : 'tls_mgm/'}${rest}`.replace('CERT', files.CERT);
      });
      assert.deepEqual(await findingsOf(text, { version }), expected);
    });
  }
});

test('tls_mgm: the table of a database and its columns are known and change nothing', async () => {
  const columns = Object.keys(paramSchemas).filter((name) => name === 'db_table' || name.endsWith('_col'));
  const lines = columns.map((name) => ({ name, value: 'x' }));
  const found = await findingsOf(tlsConfig(lines, { modules: ['tls_mgm'], sockets: [] }).text);
  const told = found.map((line) => line.split(' ').slice(1, 4).join(' '));
  for (const name of columns) {
    assert.ok(told.includes(`parameter-without-effect note ${name}`), name);
  }
});

/** Shown where another user reads: rights.test.ts. */
const ofRights = ['file-unreadable', 'file-unreadable-later'];

test('tls_mgm: every code of a finding is shown by a row', () => {
  const ofFiles = brokenRows.flatMap(({ found }) => found.map(([, code]) => code));
  const ofForms = forms.flatMap(({ found = [] }) => found.map((line) => line.split(' ')[1] ?? ''));
  const shown = new Set([...ofFiles, ...ofForms, ...ofRights]);
  assert.deepEqual(
    Object.keys(findingFacts).filter((code) => !shown.has(code)),
    [],
  );
});
