import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { checkConfig } from '../../../runtime/index.ts';
import { configText, folder, writeModule } from '../../cli/program.ts';

/** What is found in a config that loads a module with this check. */
async function found(t: TestContext, check: string) {
  const config = configText(8080, '', writeModule(folder(t), 'looker', `{ check: ${check} }`));
  const { diagnostics, failed, parsed } = await checkConfig({ config, name: 'test.cfg' });
  const shown = diagnostics.map(({ code, severity, message, span }) => {
    return `${parsed.source.text.slice(span.start, span.end)}: ${code} ${severity} ${message}`;
  });
  return { shown, failed };
}

const finding = "severity: 'warning', message: 'm', why: 'w', help: 'h'";

test('what a module finds is told under its name, at its loadmodule line where it names no parameter', async (t) => {
  assert.deepEqual(await found(t, `() => [{ code: 'odd', ${finding} }]`), {
    shown: ['loadmodule "looker.so": looker/odd warning m'],
    failed: false,
  });
});

test('a check of a module that throws, or whose promise does, is an error and a fault of the module', async (t) => {
  for (const check of ["() => { throw new Error('boom'); }", "async () => { throw new Error('boom'); }"]) {
    assert.deepEqual(await found(t, check), {
      shown: ['loadmodule "looker.so": looker/check-failed error the module\'s own check failed: boom'],
      failed: true,
    });
  }
});
