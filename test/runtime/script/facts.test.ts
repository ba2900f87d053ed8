/** What the core says that it has agrees with the catalogue of what OpenSIPS has. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCatalogue, newestVersion, oldestVersion } from '../../../grammar/index.ts';
import { coreCommands, coreTransformations, coreVariables } from '../../../runtime/script/index.ts';

const { core } = await loadCatalogue();

interface Lifetime {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

function lifetime(all: readonly Lifetime[]) {
  return { since: all[0]?.since ?? oldestVersion, until: all.at(-1)?.until ?? newestVersion };
}

/** They are statements of the grammar in OpenSIPS. */
const statements = new Set(['xlog', 'xdbg', 'log', 'error']);

for (const [name, signature] of Object.entries(coreCommands)) {
  test(`the function ${name}() has the arguments and versions of the catalogue`, () => {
    if (statements.has(name)) {
      assert.ok(core.find('statement', name).length > 0);
      return;
    }
    const known = core.find('function', name);
    const newest = known.at(-1);
    assert.ok(newest, 'the catalogue has it');
    const required = signature.params.findLastIndex((kind) => !kind.endsWith('?')) + 1;
    assert.deepEqual([required, signature.params.length], [newest.min, newest.max]);
    if (newest.params) assert.deepEqual([...signature.params], [...newest.params]);
    assert.equal(signature.routes, newest.routes);
    assert.deepEqual(lifetime([signature]), lifetime(known));
  });
}

for (const [name, facts] of Object.entries(coreVariables)) {
  if (name === '$') continue;
  test(`the variable $${name} has the forms and versions of the catalogue`, () => {
    const known = core.find('variable', name);
    const forms = known.flatMap((one) => one.forms.split(' '));
    assert.ok(forms.length > 0, 'the catalogue has it');
    const plain = forms.some((form) => form.startsWith('p'));
    const named = forms.some((form) => form.startsWith('n'));
    const { inner = 'none' } = facts;
    const takes = typeof inner === 'string' ? inner : inner.optional ? 'optional' : 'required';
    assert.equal(takes, named ? (plain ? 'optional' : 'required') : 'none');
    assert.equal(
      facts.index ?? false,
      forms.some((form) => form.includes('i')),
    );
    assert.equal(
      facts.writable ?? false,
      forms.some((form) => form.includes('w')),
    );
    assert.deepEqual(lifetime([facts]), lifetime(known));
  });
}

for (const [name, facts] of Object.entries(coreTransformations)) {
  test(`the transformation {${name}} has the arguments and versions of the catalogue`, () => {
    const known = core.find('transformation', name);
    const newest = known.at(-1);
    assert.ok(newest, 'the catalogue has it');
    assert.deepEqual([facts.args.length, facts.min], [newest.args.length, newest.min]);
    assert.deepEqual(lifetime([facts]), lifetime(known));
  });
}
