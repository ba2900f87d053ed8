import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { manifest as avpops } from '../../modules/avpops/index.ts';
import { manifest as cachedbLocal } from '../../modules/cachedb_local/index.ts';
import { manifest as cfgutils } from '../../modules/cfgutils/index.ts';
import { manifest as json } from '../../modules/json/index.ts';
import { manifest as mathops } from '../../modules/mathops/index.ts';
import { manifest as maxfwd } from '../../modules/maxfwd/index.ts';
import { manifest as options } from '../../modules/options/index.ts';
import { manifest as phone } from '../../modules/phone/index.ts';
import { manifest as protoTcp } from '../../modules/proto_tcp/index.ts';
import { manifest as protoTls } from '../../modules/proto_tls/index.ts';
import { manifest as protoUdp } from '../../modules/proto_udp/index.ts';
import { dialFailures } from '../../modules/proto_ws/dial-failures.ts';
import { manifest as protoWs } from '../../modules/proto_ws/index.ts';
import { refusals } from '../../modules/proto_ws/refusals.ts';
import { manifest as protoWss } from '../../modules/proto_wss/index.ts';
import { manifest as regex } from '../../modules/regex/index.ts';
import { manifest as rr } from '../../modules/rr/index.ts';
import { manifest as signaling } from '../../modules/signaling/index.ts';
import { manifest as sipmsgops } from '../../modules/sipmsgops/index.ts';
import { manifest as sl } from '../../modules/sl/index.ts';
import { manifest as textops } from '../../modules/textops/index.ts';
import { manifest as tlsMgm } from '../../modules/tls_mgm/index.ts';
import { manifest as tlsOpenssl } from '../../modules/tls_openssl/index.ts';
import { manifest as tlsWolfssl } from '../../modules/tls_wolfssl/index.ts';
import { manifest as uri } from '../../modules/uri/index.ts';
import type { Manifest } from '../../runtime/module-exports.ts';

const manifests: readonly Manifest[] = [
  avpops,
  regex,
  options,
  mathops,
  json,
  cfgutils,
  textops,
  cachedbLocal,
  maxfwd,
  phone,
  protoTcp,
  protoTls,
  protoUdp,
  protoWs,
  protoWss,
  rr,
  signaling,
  sipmsgops,
  sl,
  tlsMgm,
  tlsOpenssl,
  tlsWolfssl,
  uri,
];

function manualOf(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../modules/${name}/README.md`, import.meta.url)), 'utf8');
}

/** The cells of the row that begins with this parameter. */
function row(manual: string, name: string): string[] | undefined {
  const line = manual.split('\n').find((each) => each.startsWith(`| \`${name}\` `));
  return line?.split('|').map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
}

/** Statistics of the same kind share a row. */
function shownStatistic(name: string): string {
  return name
    .replace(/^(refused|dial_failed|closed_by_us|closed_by_peer)_.*$/, '$1_CODE')
    .replace(/^[2-5]xx_/, '1xx_');
}

describe('the manual of a module', () => {
  for (const manifest of manifests) {
    const manual = manualOf(manifest.name);
    for (const [name, schema] of Object.entries(manifest.params ?? {})) {
      test(`${manifest.name}: ${name} with its type and default`, () => {
        const [, , type, value] = row(manual, name) ?? [];
        assert.equal(type, schema.type);
        assert.equal(value, String(schema.default ?? ''));
      });
    }
    for (const name of Object.keys(manifest.commands ?? {})) {
      test(`${manifest.name}: ${name}()`, () => assert.match(manual, new RegExp(`\`${name}[(\`]`)));
    }
    for (const name of Object.keys(manifest.statistics ?? {})) {
      test(`${manifest.name}: the statistic ${name}`, () => {
        assert.ok(manual.includes(`\`${shownStatistic(name)}\``));
      });
    }
    for (const name of Object.keys(manifest.variables ?? {})) {
      test(`${manifest.name}: $${name}`, () => assert.match(manual, new RegExp(`\`\\$${name}[(\`]`)));
    }
  }

  for (const [code, { status }] of Object.entries(refusals)) {
    test(`proto_ws: the refusal ${code} with its status ${status}`, () => {
      const line = manualOf('proto_ws')
        .split('\n')
        .find((each) => each.startsWith('|') && each.split('|')[1]?.includes(`\`${code}\``));
      assert.equal(line?.split('|')[2]?.trim(), String(status));
    });
  }

  for (const code of Object.keys(dialFailures)) {
    test(`proto_ws: the failure ${code}`, () => {
      const [, part = ''] = manualOf('proto_ws').split('## Connections to servers');
      assert.ok(part.split('\n').some((line) => line.split('|')[1]?.includes(`\`${code}\``)));
    });
  }
});
