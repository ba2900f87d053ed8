import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type Catalogue, loadCatalogue } from '../../../grammar/catalogue.ts';
import { manifest as protoTls } from '../../../modules/proto_tls/manifest.ts';
import { manifest as protoWss } from '../../../modules/proto_wss/manifest.ts';
import { manifest as tlsMgm } from '../../../modules/tls_mgm/manifest.ts';
import type { Manifest, ParamSchema } from '../../../runtime/module-exports.ts';

let catalogue: Catalogue;
before(async () => {
  catalogue = await loadCatalogue();
});

interface Facts {
  readonly type: string;
  readonly since: string;
  readonly until: string;
}

/** What all versions of OpenSIPS say of the parameters of a module, gaps between versions left out. */
function original(module: string): ReadonlyMap<string, Facts> {
  const names = catalogue.module(module)?.names('param') ?? [];
  return new Map(
    names.map((name) => {
      const facts = catalogue.param(module, name);
      const [first, last] = [facts[0], facts.at(-1)];
      return [
        name,
        {
          type: first?.type === 'int' ? 'integer' : 'string',
          since: first?.since ?? '',
          until: last?.until ?? '',
        },
      ];
    }),
  );
}

/** The same of a manifest; a version that it does not name is that of the module. */
function ours({ type, since, until }: ParamSchema, module: string): Facts {
  return { type: String(type), since: since ?? sinceOf(module), until: until ?? '4.0' };
}

function sinceOf(module: string): string {
  return module === 'proto_tls' ? '2.1' : '2.2';
}

for (const manifest of [tlsMgm, protoWss, protoTls] as readonly Manifest[]) {
  const { name, params = {} } = manifest;
  describe(`the parameters of ${name}`, () => {
    test('every one of OpenSIPS is there, with its type and its versions', () => {
      const all = original(name);
      assert.ok(all.size > 10);
      assert.deepEqual(
        Object.fromEntries(
          [...all.keys()].map((param) => [param, params[param] && ours(params[param], name)]),
        ),
        Object.fromEntries(all),
      );
    });

    test('every other one is marked as one of tsips', () => {
      const all = original(name);
      const others = Object.entries(params).filter(([param]) => !all.has(param));
      assert.deepEqual(
        others
          .filter(([, { description }]) => !description.startsWith('tsips only.'))
          .map(([param]) => param),
        [],
      );
    });
  });
}
