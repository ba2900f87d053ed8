import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { compile } from '../../../modules/regex/engine.ts';
import { collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { measuredScripts } from '../measured-scripts.ts';
import { requestText } from '../module-tools.ts';

measuredScripts('regex');

const folder = mkdtempSync(join(tmpdir(), 'tsips-regex-'));
after(() => rmSync(folder, { recursive: true }));

const plain = { caseless: false, multiline: false, dotall: false, extended: false };

describe('patterns that cannot be matched in linear time', () => {
  for (const [pattern, what] of [
    ['a(?=b)', /look-around/],
    ['(?<!a)b', /look-around/],
    ['(?>a+)b', /atomic group/],
    ['(a)\\1', /back-reference/],
    ['(?R)', /recursion/],
    ['(?(1)a|b)', /condition/],
    ['a++', /./],
    ['(', /./],
  ] as const) {
    test(`${pattern} is refused`, () => assert.throws(() => compile(pattern, plain), what));
  }
  test('a pattern that was made to take long does not', { timeout: 20_000 }, () => {
    assert.equal(compile('^(a+)+$', plain)(`${'a'.repeat(50_000)}!`), false);
  });
});

describe('the options', () => {
  for (const [option, pattern, text] of [
    ['caseless', 'abc', 'ABC'],
    ['multiline', '^b$', 'a\nb\nc'],
    ['dotall', 'a.c', 'a\nc'],
    ['extended', 'a b # comment\n c', 'abc'],
  ] as const) {
    test(`pcre_${option}`, () => {
      assert.equal(compile(pattern, { ...plain, [option]: true })(text), true);
      assert.equal(compile(pattern, plain)(text), false);
    });
  }
});

const config = (file: string, more = '') => `socket=ws:127.0.0.1:8080
loadmodule "proto_ws.so"
loadmodule "regex.so"
modparam("regex", "file", "${file}")
${more}
route { pcre_match_group($rU); xlog("$rc\\n"); pcre_match_group($rU, 1); xlog("$rc\\n"); pcre_match_group($rU, 9); xlog("$rc\\n"); }
`;

function groupsFile(text: string): string {
  const file = join(folder, 'groups');
  writeFileSync(file, text);
  return file;
}

async function linesOf(text: string, more = '', changed?: string): Promise<string[]> {
  const log = collectLog();
  const host = await hostOf(config(groupsFile(text), more), { log: log.log });
  await host.start();
  if (changed !== undefined) {
    groupsFile(changed);
    await host.reload();
  }
  host.inject(requestText());
  await host.stop();
  return log.lines.filter((line) => line.startsWith('xlog')).map((line) => line.slice('xlog : '.length));
}

describe('the file of groups', () => {
  const file = '# comment\n[0]\n^alice$\n^bob$\n\n[1]\n^a\n x is a comment\n';
  test('a group matches where one of its lines does', async () => {
    assert.deepEqual(await linesOf(file), ['1', '-1', '-4']);
  });
  test('the options hold for it', async () => {
    const more = 'modparam("regex", "pcre_caseless", 1)';
    assert.deepEqual(await linesOf('[0]\n^BOB$\n[1]\nB', more), ['1', '1', '-4']);
  });
  test('an empty group matches the empty text alone', async () => {
    assert.deepEqual(await linesOf('[0]\n[1]\nb\n'), ['-1', '1', '-4']);
  });
  test('it is read again when the host is asked to', async () => {
    assert.deepEqual(await linesOf(file, '', '[0]\nx\n[1]\nbob\n'), ['-1', '1', '-4']);
  });
  test('what cannot be read again leaves the groups as they were', async () => {
    assert.deepEqual(await linesOf(file, '', '[0]\n(\n'), ['1', '-1', '-4']);
  });

  for (const [what, text, more, message] of [
    ['a line in front of the first group', 'a\n[0]\n', '', /first group/],
    ['too many groups', '[0]\n[1]\n', 'modparam("regex", "max_groups", 1)', /max_groups: 1 exceeded/],
    [
      'a group that is too long',
      `[0]\n${'a'.repeat(20)}\n`,
      'modparam("regex", "group_max_size", 10)',
      /longer than 10/,
    ],
    ['a pattern that cannot be used', '[0]\n(\n', '', /groups cannot be used/],
  ] as const) {
    test(`${what} is an error of the config`, async () => {
      await assert.rejects(hostOf(config(groupsFile(text), more)), message);
    });
  }
  test('a file that is not there is an error of the config', async () => {
    await assert.rejects(hostOf(config(join(folder, 'nowhere'))), /groups cannot be used: ENOENT/);
  });
});
