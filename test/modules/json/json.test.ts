import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { quote, readPath } from '../../../modules/json/json-path.ts';
import { JsonError, parseJson } from '../../../modules/json/parse-json.ts';
import { printJson } from '../../../modules/json/print-json.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { measuredScripts } from '../measured-scripts.ts';
import { requestText } from '../module-tools.ts';

measuredScripts('json');

const compact = { layout: 'compact', escapeSlash: false } as const;
const latin1 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

test('any JSON that is read is printed as the same value (RFC 8259)', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const printed = printJson(parseJson(latin1(JSON.stringify(value))), compact);
      assert.deepEqual(
        JSON.parse(Buffer.from(printed, 'latin1').toString('utf8')),
        JSON.parse(JSON.stringify(value)),
      );
    }),
  );
});

test('any text is JSON or a JsonError, and never anything else', () => {
  const unit = fc.constantFrom(...'{}[]",:\\u0019eE.-+tfn /*\n'.split(''));
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
      try {
        printJson(parseJson(text), compact);
      } catch (error) {
        assert.ok(error instanceof JsonError, `${text}: ${error}`);
      }
    }),
    { numRuns: 3000 },
  );
});

test('members keep their order and their names, whatever these are', () => {
  const text = '{"b":1,"2":2,"1":3,"__proto__":{"x":4}}';
  assert.equal(printJson(parseJson(text), compact), text);
});

describe('paths', () => {
  const rows = [
    ['a', 'a', []],
    ['a/b[1]/c d', 'a', ['b', 1, 'c d']],
    ['a[][-1]', 'a', ['[]', -1]],
    [`a/${quote('x/y.z[0]')}[0]`, 'a', ['x/y.z[0]', 0]],
  ] as const;
  for (const [text, name, steps] of rows) {
    test(JSON.stringify(text), () => {
      const path = readPath(text, true);
      assert.equal(path.name, name);
      assert.deepEqual(
        path.steps.map((step) =>
          step.kind === 'key' ? step.key : step.kind === 'index' ? step.index : '[]',
        ),
        steps,
      );
    });
  }
  for (const text of ['a[1', 'a[x]', 'a.nothing', 'a/b.keys/c']) {
    test(`${text} is none`, () => assert.throws(() => readPath(text, true)));
  }
  test('up to 2.4 a dot is a character like others', () => {
    assert.deepEqual(readPath('a/b.c', false).steps, [{ kind: 'key', key: 'b.c' }]);
  });
});

/** What xlog wrote for one request. */
async function linesOf(script: string, modparam = '', count = 1): Promise<string[]> {
  const log = collectLog();
  const config = `socket=ws:127.0.0.1:8080
loadmodule "proto_ws.so"
loadmodule "json.so"
${modparam}
route { ${script} }
`;
  const host = await hostOf(config, { log: log.log, version: '3.6' });
  await host.start();
  for (let message = 0; message < count; message++) host.inject(requestText());
  await host.stop();
  return log.lines.filter((line) => line.startsWith('xlog')).map((line) => line.slice('xlog : '.length));
}

test('values belong to the run: the next message begins without', async () => {
  const script = 'xlog("$json(a)\\n"); $json(a) = 1; xlog("$json(a)\\n");';
  assert.deepEqual(await linesOf(script, '', 2), ['<null>', '1', '<null>', '1']);
});

test('a value that contains itself is NULL, one that grows beyond a megabyte too', async () => {
  const circle = '$json(b) := "[1]"; json_link($json(b[0]), $json(b)); xlog("$json(b)\\n");';
  const doubled = `$json(a) := "[0,0]"; $var(i) = 0; while ($var(i) < 30) {
	$json(n) := "[0,0]"; json_link($json(n[0]), $json(a)); json_link($json(n[1]), $json(a));
	json_link($json(a), $json(n)); $json(n) = NULL; $var(i) = $var(i) + 1; }
	xlog("$json(a)\\n");`;
  assert.deepEqual(await linesOf(circle + doubled), ['<null>', '<null>']);
});

test('enable_long_quoting: integers beyond 32 bits are texts', async () => {
  const script = `$json(a) := "[2147483647,2147483648]";
	if ($json(a[0]) == 2147483647) xlog("integer\\n"); if ($json(a[1]) == "2147483648") xlog("text\\n");`;
  assert.deepEqual(await linesOf(script, 'modparam("json", "enable_long_quoting", 1)'), ['integer', 'text']);
});

test('json_link of another variable is an error of the config', async () => {
  await assert.rejects(
    hostOf(
      'socket=ws:127.0.0.1:8080\nloadmodule "proto_ws.so"\nloadmodule "json.so"\nroute { json_link($var(a), $json(b)); }\n',
    ),
    /must be a json variable/,
  );
});

test('a large text takes time in proportion', { timeout: 20_000 }, () => {
  const open = '"'.padEnd(60_000, 'a');
  for (const text of [open, '['.repeat(60_000), `/*${'*'.repeat(60_000)}`, `[${'0,'.repeat(30_000)}`]) {
    try {
      parseJson(text);
    } catch (error) {
      assert.ok(error instanceof JsonError);
    }
  }
});
