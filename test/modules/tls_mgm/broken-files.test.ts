import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { checkConfig, createHost, type HostError } from '../../../runtime/index.ts';
import { run } from '../../cli/program.ts';
import { createPki, type Leaf, temporaryFolder, writePem } from '../../pki/index.ts';
import type { Materials } from './broken-files.ts';
import { type BrokenRow, brokenRows } from './broken-rows.ts';
import { loopback, shownFindings, type TlsConfig, tlsConfig } from './checked-config.ts';

const folder = temporaryFolder();
let pki: Omit<Materials, 'folder'>;
let good: Readonly<Record<string, string>>;

before(async () => {
  const authorities = await createPki();
  const leaf: Leaf = await authorities.intermediate.issue();
  pki = { ...authorities, leaf };
  good = {
    server_domain: 'd',
    certificate: writePem(folder, 'cert.pem', leaf.chain, authorities.root.certificate),
    private_key: writePem(folder, 'key.pem', leaf.key),
    ca_list: writePem(folder, 'ca.pem', authorities.root.certificate),
  };
});

/** Of a config that no secure connection comes in by. */
const modules = ['tls_mgm', 'proto_ws'];

interface Prepared extends TlsConfig {
  readonly folder: string;
  /** The findings with their places. */
  readonly expected: readonly string[];
}

/** Makes the files of a row, and a config whose domain `d` names them. */
async function prepare(row: BrokenRow, number: number): Promise<Prepared> {
  const own = join(folder, String(number));
  mkdirSync(own);
  const values = Object.entries({ ...good, ...(await row.make({ ...pki, folder: own })) });
  const lines = values.flatMap(([name, value]) =>
    value === null ? [] : [{ name, value: name.endsWith('_domain') ? value : `[d]${value}` }],
  );
  const serves = values.some(([name, value]) => name === 'server_domain' && value !== null);
  const config = tlsConfig(lines, serves ? {} : { sockets: ['socket=ws:127.0.0.1:8080'], modules });
  const expected = row.found.map(([param, code, severity, message]) => {
    const place = config.places[lines.findIndex(({ name }) => name === param)];
    return `${place} tls_mgm/${code} ${severity} ${message}`;
  });
  return { ...config, folder: own, expected };
}

/** Folder, dates and the words of others as the rows have them. */
function comparable(line: string, { folder: own }: Prepared): string {
  return line
    .replaceAll(own, 'DIR')
    .replaceAll(folder, 'GOOD')
    .replace(/\w{3} +\d+ \d\d:\d\d:\d\d \d{4} GMT|\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT/, 'DATE')
    .replace(/(cannot be read|with its password): (DIR\S+) \(.+\)$/, '$1: $2 (REASON)')
    .replace(/(OpenSSL refuses .* of TLS domain d): .+$/, '$1: REASON');
}

describe('tls_mgm tells what is wrong with the files of a domain, all in one run', () => {
  for (const [number, row] of brokenRows.entries()) {
    const fails = row.found.some(([, , severity]) => severity === 'error');
    test(row.what, async (t) => {
      const prepared = await prepare(row, number);
      const config = prepared.text;
      const checked = await checkConfig({ config, name: 'test.cfg', network: loopback });
      const shown = shownFindings(checked).map((line) => comparable(line, prepared));
      assert.deepEqual(shown, prepared.expected);
      const program = await run(t, ['-C', '-f', '-'], { input: config });
      assert.equal(program.code, fails ? 255 : 0, program.err);
      for (const { span, message } of checked.diagnostics) {
        const { line, column } = checked.parsed.source.locate(span.start);
        assert.ok(program.err.includes(`stdin:${line}:${column}`), program.err);
        assert.ok(program.err.includes(message), `${message}\n${program.err}`);
      }
      const start = createHost({ config, network: loopback, listenOn: () => '127.0.0.1:0' });
      if (fails) await assert.rejects(start, (error: HostError) => error.code === 'CONFIG_INVALID');
      else assert.equal((await start).checked.failed, false);
    });
  }
});
