/** `{ip.resolve}`: the run waits for the name, and for nothing else to be done twice. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { script } from './support.ts';

/** Names that are known, and how often each was asked for. */
function names() {
  const asked: string[] = [];
  const known: Readonly<Record<string, readonly { readonly address: string }[]>> = {
    'a.example': [{ address: '192.0.2.1' }, { address: '192.0.2.2' }],
    'six.example': [{ address: '2001:db8::1' }],
  };
  return {
    asked,
    async lookup(host: string) {
      asked.push(host);
      return known[host] ?? [];
    },
  };
}

async function run(statements: string) {
  const { lookup, asked } = names();
  const compiled = script(
    `route { $var(a) = "a.example"; ${statements} } route[shows] { xlog("$param(1)"); }`,
    {
      environment: { lookup },
    },
  );
  assert.deepEqual(compiled.routes.problems, []);
  await compiled.run();
  return { lines: compiled.lines, asked, complaints: compiled.complaints };
}

const places: readonly (readonly [statements: string, lines: readonly string[]])[] = [
  ['xlog("$(var(a){ip.resolve})");', ['192.0.2.1']],
  ['$var(r) = $(var(a){ip.resolve}); xlog("$var(r)");', ['192.0.2.1']],
  ['$var(r) = "x" + $(var(a){ip.resolve}{s.len}); xlog("$var(r)");', ['x9']],
  ['if ($(var(a){ip.resolve}) == "192.0.2.1") xlog("yes"); else xlog("no");', ['yes']],
  ['if (!$(var(a){ip.resolve})) xlog("no"); else xlog("yes");', ['yes']],
  ['switch ($(var(a){ip.resolve})) { case "192.0.2.1": xlog("yes"); }', ['yes']],
  ['route(shows, $(var(a){ip.resolve}));', ['192.0.2.1']],
  [
    '$var(i) = 0; while ($(var(a){ip.resolve}) != NULL && $var(i) < 2) { $var(i) = $var(i) + 1; xlog("$var(i)"); }',
    ['1', '2'],
  ],
  ['$var(a) = "six.example"; xlog("$(var(a){ip.resolve})");', ['2001:DB8:0:0:0:0:0:1']],
  ['$var(a) = "nobody.example"; xlog("$(var(a){ip.resolve})");', ['<null>']],
  ['$var(t) = "$" + "(var(a){ip.resolve})"; xlog("$(var(t){s.eval})");', ['192.0.2.1']],
];

for (const [statements, lines] of places) {
  test(statements, async () => {
    const answer = await run(statements);
    assert.deepEqual(answer.lines, lines);
    assert.deepEqual(answer.complaints, []);
    assert.equal(answer.asked.length, 1, 'a run asks once for a name');
  });
}

test('a run that looks nothing up does not wait', () => {
  const compiled = script('route { $var(a) = "127.0.0.1"; xlog("$(var(a){ip.resolve})"); }');
  assert.equal(typeof compiled.run(), 'number');
  assert.deepEqual(compiled.lines, ['127.0.0.1']);
});

test('other runs go on while one waits', async () => {
  let answer: (found: readonly { readonly address: string }[]) => void = () => undefined;
  const lookup = () =>
    new Promise<readonly { readonly address: string }[]>((resolve) => {
      answer = resolve;
    });
  const compiled = script(
    'route { $var(a) = "a.example"; xlog("$(var(a){ip.resolve})"); } route[plain] { xlog("plain"); }',
    {
      environment: { lookup },
    },
  );
  const waiting = compiled.run();
  compiled.run('plain');
  assert.deepEqual(compiled.lines, ['plain']);
  answer([{ address: '192.0.2.1' }]);
  await waiting;
  assert.deepEqual(compiled.lines, ['plain', '192.0.2.1']);
});

test('a text for {s.eval} that is no text of a script gives NULL, and the log says why', () => {
  const compiled = script('route { $var(t) = "$" + "nobody(x)"; xlog("$(var(t){s.eval})"); }');
  compiled.run();
  assert.deepEqual(compiled.lines, ['<null>']);
  assert.match(compiled.complaints[0] ?? '', /tr_eval_string: Failed to parse input at test\.cfg:1: /);
});
