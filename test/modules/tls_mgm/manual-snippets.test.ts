import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import { WebSocket } from 'ws';
import type { Host } from '../../../runtime/index.ts';
import type { SystemNetwork } from '../../../runtime/net/system-network.ts';
import { type Authority, createPki, type Leaf, temporaryFolder } from '../../pki/index.ts';
import { ask, connect, hostOf, requestText, statusOf } from '../../runtime/host/host-tools.ts';
import { findingsOf, loopback } from './checked-config.ts';
import {
  configOf,
  plainListeners,
  plainParameters,
  type Snippet,
  secureListener,
  secureListeners,
  secureParameters,
  tlsParameters,
} from './manual-snippets.ts';
import { runVerbatim, whyNoNamespace } from './verbatim.ts';

/** A machine that has the addresses of the manuals. */
const network: SystemNetwork = {
  ...loopback,
  interfaces: () => [
    ...loopback.interfaces(),
    { name: 'eth0', address: '10.0.0.1', family: 4 },
    { name: 'eth0', address: '1.2.3.4', family: 4 },
  ],
};

interface Example {
  readonly what: string;
  readonly config: string;
}

const secureModules = ['tls_mgm', 'proto_wss'];

/** One config for each snippet, with what it needs around it; the last one has them all. */
const secure: readonly Example[] = [
  example([secureListeners], secureModules, [tlsParameters]),
  example([secureListener], secureModules, [tlsParameters]),
  ...secureParameters.map((each) => example([secureListeners], secureModules, [tlsParameters, each])),
  {
    what: 'proto_wss, all of them',
    config: configOf([secureListeners, secureListener], secureModules, [tlsParameters, ...secureParameters]),
  },
];
const plain: readonly Example[] = [
  example([plainListeners], ['proto_ws'], []),
  ...plainParameters.map((each) => example([plainListeners], ['proto_ws'], [each])),
  { what: 'proto_ws, all of them', config: configOf([plainListeners], ['proto_ws'], plainParameters) },
];

/** Named by the last snippet. */
function example(
  listeners: readonly Snippet[],
  modules: readonly string[],
  parameters: readonly Snippet[],
): Example {
  const what = parameters.length > 1 ? parameters.at(-1)?.what : listeners.at(-1)?.what;
  return { what: what ?? '', config: configOf(listeners, modules, parameters) };
}

/** What a check finds, without places. */
async function told(config: string, version: string): Promise<string[]> {
  const found = await findingsOf(config, { version, network });
  return found.map((line) => line.split(' ').slice(1).join(' '));
}

/** Those of the manual’s TLS parameters where the files are not there. */
const missing = [
  'tls_mgm/file-missing error the certificate of TLS domain default is not there: /certs/biloxy.com/cert.pem',
  'tls_mgm/file-missing error the private key of TLS domain default is not there: /certs/biloxy.com/privkey.pem',
  'tls_mgm/file-missing error ca_list of TLS domain default is not there: /certs/wellknownCAs',
  'tls_mgm/method-old warning tls_method tlsv1 of TLS domain default serves versions before TLS 1.2',
];

describe('the examples of the manuals, word for word: nothing is found but that the files are not there', () => {
  for (const version of ['2.2', '2.4']) {
    for (const { what, config } of secure) {
      test(`${version}: ${what}`, async () => assert.deepEqual(await told(config, version), missing));
    }
    for (const { what, config } of plain) {
      test(`${version}: ${what}`, async () => assert.deepEqual(await told(config, version), []));
    }
  }
});

const folder = temporaryFolder();
let root: Authority;
let client: Leaf;
before(async () => {
  ({ root } = await createPki());
  client = await root.issue({ names: ['client.example.com'] });
  const server = await root.issue({ names: ['127.0.0.1', '10.0.0.1', '1.2.3.4'] });
  writeCertificates(folder, server);
});

/** The files of the manual's parameters below a folder. */
function writeCertificates(place: string, server: Leaf): void {
  mkdirSync(join(place, 'biloxy.com'), { recursive: true });
  writeFileSync(join(place, 'biloxy.com', 'cert.pem'), server.chain);
  writeFileSync(join(place, 'biloxy.com', 'privkey.pem'), server.key);
  writeFileSync(join(place, 'wellknownCAs'), root.certificate);
  writeFileSync(join(place, 'client.pem'), client.chain + client.key);
  chmodSync(place, 0o755);
}

async function started(t: TestContext, config: string): Promise<Host> {
  const host = await hostOf(config, { network });
  t.after(() => host.stop());
  await host.start();
  return host;
}

describe('the same, running: paths and addresses are those of the test', () => {
  for (const { what, config } of secure) {
    test(what, async (t) => {
      const host = await started(t, config.replaceAll('/certs/', `${folder}/`));
      for (const { port } of host.listeners) {
        // What `tls_method "tlsv1"` and `require_cert "1"` ask of a client.
        const version = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
        const identity = { ca: root.certificate, cert: client.chain, key: client.key };
        const socket = new WebSocket(`wss://127.0.0.1:${port}/`, 'sip', { ...version, ...identity });
        await once(socket, 'open');
        assert.equal(statusOf(await ask(socket, requestText())), 200);
        socket.terminate();
      }
    });
  }
  for (const { what, config } of plain) {
    test(what, async (t) => {
      const socket = await connect(await started(t, config));
      assert.equal(statusOf(await ask(socket, requestText())), 200);
      socket.terminate();
    });
  }
});

describe('the program with the manuals’ addresses, ports and paths, in a namespace of its own', () => {
  test('a wss client beside it is answered on every listener', { skip: whyNoNamespace() }, async (t) => {
    const { code, out, err } = await runVerbatim(t, secure.at(-1)?.config ?? '', folder);
    assert.equal(code, 0, err);
    assert.deepEqual(out.trim().split('\n'), [
      'wss://10.0.0.1:44344/ 200',
      'wss://10.0.0.1:5060/ 200',
      'wss://1.2.3.4:44344/ 200',
    ]);
  });
});
