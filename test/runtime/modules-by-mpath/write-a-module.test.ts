import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HostError } from '../../../runtime/index.ts';
import { collectLog, hostOf, requestText } from '../host/host-tools.ts';

const page = readFileSync(
  fileURLToPath(new URL('../../../../docs/write-a-module.md', import.meta.url)),
  'utf8',
);

/** A code block of the page, by the comment in front of it. */
function block(name: string): string {
  const pattern = new RegExp(`<!-- test: ${name} -->\\n\`\`\`\\w*\\n([^]*?)\`\`\``);
  return pattern.exec(page)?.[1] ?? assert.fail(`no block ${name}`);
}

/** Outside of this repository, without a package.json. */
const mpath = mkdtempSync(join(tmpdir(), 'tsips-greeting-'));
after(() => rmSync(mpath, { recursive: true, force: true }));
mkdirSync(join(mpath, 'greeting'));
writeFileSync(join(mpath, 'greeting', 'index.js'), block('greeting/index.js'));

const config = block('opensips.cfg').replace('/opt/tsips', mpath);

test('write a module: the one of the page has at most 35 lines', () => {
  assert.ok(block('greeting/index.js').split('\n').length <= 35);
});

test('write a module: parameter, function, variable and dependency work from outside of the repository', async () => {
  const { log, lines, from } = collectLog(3);
  const host = await hostOf(config, { log });
  await host.start();
  try {
    const reply = host.inject(requestText());
    host.inject(requestText());
    assert.match(reply[0] ?? '', /^SIP\/2\.0 200 Welcome bob\r\n/);
    assert.ok(lines.includes('xlog : greeted 2 times'));
    assert.deepEqual(from('greet'), ['greeting number 1', 'greeting number 2']);
    const loaded = from('load_module').find((line) => line.includes('greeting'));
    assert.equal(loaded, `module greeting from ${join(mpath, 'greeting', 'index.js')} (mpath)`);
  } finally {
    await host.stop();
  }
});

test('write a module: each host counts for itself', async () => {
  const [one, two] = await Promise.all([collectLog(), collectLog()]);
  const hosts = [await hostOf(config, { log: one.log }), await hostOf(config, { log: two.log })];
  await Promise.all(hosts.map((host) => host.start()));
  for (const host of hosts) host.inject(requestText());
  await Promise.all(hosts.map((host) => host.stop()));
  assert.ok(one.lines.includes('xlog : greeted 1 times'));
  assert.ok(two.lines.includes('xlog : greeted 1 times'));
});

const wrong: [what: string, change: (text: string) => string, code: string][] = [
  ['a parameter that it does not have', (text) => text.replace('"word"', '"words"'), 'unknown-parameter'],
  ['a parameter of the wrong type', (text) => text.replace('"Welcome"', '5'), 'parameter-wrong-type'],
  ['a function that it does not have', (text) => text.replace('greet(', 'great('), 'unknown-function'],
  ['too many arguments', (text) => text.replace('greet("$fU")', 'greet("$fU", 1)'), 'wrong-argument-count'],
  ['a variable that it does not have', (text) => text.replace('$greetings', '$greeted'), 'unknown-variable'],
  ['its dependency left out', (text) => text.replace('loadmodule "sl.so"\n', ''), 'missing-dependency'],
];

for (const [what, change, code] of wrong) {
  test(`write a module: the checks know it: ${what}`, async () => {
    const error = await hostOf(change(config)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof HostError);
    assert.ok(
      error.diagnostics.some((found) => found.code === code),
      error.report,
    );
  });
}
