import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dialFailures } from '../../modules/proto_ws/dial-failures.ts';
import { refusals } from '../../modules/proto_ws/refusals.ts';
import type { Manifest } from '../../runtime/module-exports.ts';

/** The compiled modules. */
const modules = fileURLToPath(new URL('../../modules/', import.meta.url));

async function manifestOf(name: string): Promise<Manifest> {
  const { manifest } = (await import(`${modules}${name}/index.js`)) as { manifest: Manifest };
  return manifest;
}

const names = readdirSync(modules).filter((name) => existsSync(`${modules}${name}/index.js`));
const manifests = await Promise.all(names.sort().map(manifestOf));

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
    .replace(/^[2-5]xx_replies$/, '1xx_replies');
}

describe('the manual of a module', () => {
  for (const manifest of manifests) {
    const manual = manualOf(manifest.name);
    for (const [name, schema] of Object.entries(manifest.params ?? {})) {
      test(`${manifest.name}: ${name} with its type and default`, () => {
        const [, , type, value] = row(manual, name) ?? [];
        assert.equal(type, [schema.type].flat().join(' or '));
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
