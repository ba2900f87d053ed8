import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkConfig } from '../../../runtime/index.ts';

const modules = ['sl', 'signaling', 'usrloc', 'registrar'].map((name) => `loadmodule "${name}.so"`);

async function errors(statement: string, version?: string): Promise<readonly string[]> {
  const config = `socket=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\n${modules.join('\n')}\nroute { ${statement} }\n`;
  const { diagnostics } = await checkConfig({
    config,
    ...(version !== undefined && { version }),
    listenOn: () => '127.0.0.1:0',
  });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

describe('flags of save() and lookup() in both spellings', () => {
  for (const statement of [
    'lookup("location", "m");',
    'lookup("location", "mbu/^Phone/");',
    'lookup("location", "method-filtering,no-branches");',
    'lookup("location", "branch");',
    'save("location", "rc3p1v");',
    'save("location", "no-reply,max-contacts=3");',
  ]) {
    test(`${statement} in a file that does not tell its version, and in one of 3.6`, async () => {
      assert.deepEqual(await errors(statement), []);
      assert.deepEqual(await errors(statement, '3.6'), []);
    });
  }

  test('a word that is none is refused', async () => {
    assert.match((await errors('lookup("location", "method");', '3.6')).join(), /Unknown flag: method/);
  });
});
