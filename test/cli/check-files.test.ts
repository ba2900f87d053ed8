/** `tsips check`: docs/operation.md. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { checkFiles } from '../../runtime/cli/check-files.ts';
import { parseCommandLine } from '../../runtime/cli/command-line.ts';
import { folder } from './program.ts';

interface Told {
  readonly code: number;
  readonly out: string;
  readonly errors: readonly string[];
}

/** Runs `tsips check` in this process. */
async function check(...argv: string[]): Promise<Told> {
  const parsed = parseCommandLine(['check', ...argv]);
  assert.ok(parsed.kind === 'words');
  const printed: string[] = [];
  const errors: string[] = [];
  const code = await checkFiles(parsed.line, {
    core: { error: (_caller: string, message: string) => void errors.push(message) },
    terminal: { print: (text: string) => void printed.push(text), outputColour: false },
  });
  return { code, out: printed.join(''), errors };
}

function file(t: TestContext, text: string, name = 'o.cfg'): string {
  const path = join(folder(t), name);
  writeFileSync(path, text);
  return path;
}

const start = 'loadmodule "proto_udp.so"\nsocket=udp:127.0.0.1:5060\n';

test('exit status: 0, with --strict 1 for warnings, 255 for errors and for files that cannot be read', async (t) => {
  const clean = file(t, `${start}route { exit; }\n`);
  const warned = file(t, `${start}max_script_time=5\nroute { exit; }\n`);
  const wrong = file(t, `${start}route { no_such_function(); }\n`);
  for (const [argv, code] of [
    [[clean], 0],
    [[warned], 0],
    [[clean, warned, '--strict'], 1],
    [[clean, '--strict'], 0],
    [[wrong, clean], 255],
    [[wrong, '--strict'], 255],
    [[clean, '/nonexistent/o.cfg'], 255],
  ] as const) {
    assert.equal((await check(...argv)).code, code, argv.join(' '));
  }
  const { errors } = await check('/nonexistent/o.cfg');
  assert.match(errors.join(), /loading config file \/nonexistent\/o\.cfg: No such file or directory/);
});

/** What the file holds, and the lines about its version. */
const guesses: readonly (readonly [text: string, lines: readonly RegExp[]])[] = [
  [
    'listen=udp:127.0.0.1:5060\nfork=no\nroute { exit; }\n',
    [
      /: judged for OpenSIPS 2\.1, guessed: no other version fits$/,
      /^ {2}not for a newer one: the global parameter fork \(.*:2:1\) exists up to 2\.1$/,
    ],
  ],
  [
    `${start}route { exit; }\n`,
    [
      /: judged for OpenSIPS 4\.0, guessed: 3\.1, 3\.2, .*, 3\.6 would fit as well$/,
      /^ {2}not for an older one: socket keyword \(.*:2:1\) exists since 3\.1$/,
    ],
  ],
  [
    'route { exit; }\n',
    [/: judged for OpenSIPS 4\.0, guessed: nothing in it tells, every version would fit$/],
  ],
  [
    `fork=no\n${start}route { exit; }\n`,
    [/guessed: no version fits all of it, this one fits most$/, /^ {2}and yet: /],
  ],
];

test('the version that is guessed is told with how sure that is, and the lines that decide', async (t) => {
  for (const [text, lines] of guesses) {
    const { out } = await check(file(t, text));
    const told = out.slice(0, out.indexOf('\n\n')).split('\n');
    for (const line of lines)
      assert.ok(
        told.some((one) => line.test(one)),
        `${line} is not in\n${out}`,
      );
  }
  const { out } = await check(file(t, `${start}route { exit; }\n`), '--opensips', '2.4');
  assert.match(out, /judged for OpenSIPS 2\.4\n/);
  assert.match(
    out,
    /error: OpenSIPS 2\.4 would refuse this: socket keyword exists since 3\.1 \[not-in-version\]/,
  );
});

test('a module that only OpenSIPS has is judged by what OpenSIPS says, and is no finding itself', async (t) => {
  const text = `${start}loadmodule "rtpengine.so"\nmodparam("rtpengine", "rtpengine_sok", "x")\nroute { rtpengine_offer(); }\n`;
  const { out } = await check(file(t, text), '--format', 'json');
  const { files } = JSON.parse(out);
  assert.deepEqual(
    files[0].findings.map(({ code, fix }: Record<string, { text: string }>) => [code, fix?.text]),
    [['unknown-parameter', '"rtpengine_sock"']],
  );
});

test('a module in mpath is known by the manifest.json beside it; without one it is not checked, and never run', async (t) => {
  const mpath = folder(t);
  const manifest = { name: 'known', params: { size: { type: 'integer', description: 'a size' } } };
  for (const name of ['known', 'unknown']) {
    mkdirSync(join(mpath, name));
    writeFileSync(join(mpath, name, 'index.js'), 'throw new Error("it ran");\n');
  }
  writeFileSync(join(mpath, 'known', 'manifest.json'), JSON.stringify(manifest));
  const text = `mpath="${mpath}"\n${start}loadmodule "known.so"\nloadmodule "unknown.so"
modparam("known", "size", "x")\nmodparam("unknown", "size", "x")\nroute { of_unknown(); }\n`;
  const { out } = await check(file(t, text), '--format', 'json');
  const { findings } = JSON.parse(out).files[0];
  assert.deepEqual(
    findings.map(({ code, line }: Record<string, unknown>) => [code, line]),
    [
      ['not-in-opensips', 4],
      ['module-not-checked', 5],
      ['parameter-wrong-type', 6],
    ],
  );
});

test('--for tsips: each statement that this host cannot run, what to put instead, and the share of those it runs', async (t) => {
  const text = `${start}loadmodule "rtpengine.so"\nroute { if (rtpengine_offer()) exit; xlog("$rtpstat\\n"); exit; }\n`;
  const path = file(t, text);
  const asked = await check(path);
  assert.deepEqual([asked.code, asked.out.includes('-not-here')], [0, false]);
  const { out, code } = await check(path, '--for', 'tsips');
  assert.equal(code, 255);
  assert.match(
    out,
    /o\.cfg:4:13: error: tsips does not have rtpengine_offer\(\) of the module rtpengine \[statement-not-here\]/,
  );
  assert.match(out, /\n.*o\.cfg: 3 of 5 statements run here \(60 %\)\n$/);
  const { files } = JSON.parse((await check(path, '--for', 'tsips', '--format', 'json')).out);
  assert.deepEqual(files[0].statements, { all: 5, here: 3 });
  const wrong = parseCommandLine(['check', path, '--for', 'kamailio']);
  assert.ok(wrong.kind === 'wrong' && /there is: tsips/.test(wrong.problems[0]?.message ?? ''));
});

test('--format json: one document of all files, with the version of each and why', async (t) => {
  const [one, other] = [
    file(t, 'fork=no\nlisten=udp:127.0.0.1:5060\nloadmodule "proto_udp.so"\nroute { exit; }\n'),
    file(t, `${start}route { x(); }\n`),
  ];
  const { out, code } = await check(one, other, '--format', 'json');
  assert.equal(code, 255);
  const { errors, files } = JSON.parse(out);
  assert.deepEqual([errors, files.length, files[1].findings[0].code], [1, 2, 'unknown-function']);
  const { version, certainty, notNewer } = files[0].opensips;
  assert.deepEqual([version, certainty], ['2.1', 'sure']);
  assert.deepEqual(notNewer, [
    { what: 'the global parameter fork', exists: 'up to 2.1', file: one, line: 1, column: 1 },
  ]);
});

test('--format opensips: the lines of OpenSIPS stand in front', async (t) => {
  const { out } = await check(file(t, `${start}route { x(); }\n`), '--format', 'opensips');
  assert.match(out, /NOTICE:core:check: .*judged for OpenSIPS 4\.0/);
  assert.match(out, /CRITICAL:core:yyerror: parse error in .*o\.cfg:3:9-10: there is no function x\n/);
});

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The text of a region, whose columns count characters. */
function cut(text: string, { startLine, startColumn, endLine, endColumn }: Region): string {
  assert.equal(startLine, endLine);
  return [...(text.split('\n')[startLine - 1] ?? '')].slice(startColumn - 1, endColumn - 1).join('');
}

test('--format sarif: tool, rules with help, results with regions and fixes (SARIF 2.1.0 §3.13 to §3.57)', async (t) => {
  const text = `${start}route { xlog("größer"); sl_sned_reply(200, "OK"); route(nowhere); }\nloadmodule "sl.so"\n`;
  const path = file(t, text, 'größe #1.cfg');
  const { out } = await check(path, '--format', 'sarif');
  const log = JSON.parse(out);
  assert.equal(log.version, '2.1.0');
  const [run] = log.runs;
  const { name, rules } = run.tool.driver;
  assert.equal(name, 'tsips');
  for (const rule of rules) {
    for (const part of ['shortDescription', 'fullDescription', 'help']) assert.ok(rule[part].text !== '');
    assert.ok(['note', 'warning', 'error'].includes(rule.defaultConfiguration.level));
  }
  const uri = `file://${path.split('/').map(encodeURIComponent).join('/')}`;
  assert.deepEqual(run.artifacts[0].location, { uri });
  assert.ok(run.results.length >= 2);
  for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
    assert.equal(rules[ruleIndex].id, ruleId);
    assert.ok(['note', 'warning', 'error'].includes(level) && message.text !== '');
    assert.equal(locations[0].physicalLocation.artifactLocation.uri, uri);
  }
  const slip = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'unknown-function');
  assert.equal(cut(text, slip.locations[0].physicalLocation.region), 'sl_sned_reply');
  const [replacement] = slip.fixes[0].artifactChanges[0].replacements;
  assert.equal(cut(text, replacement.deletedRegion), 'sl_sned_reply');
  assert.equal(replacement.insertedContent.text, 'sl_send_reply');
});

test('files that a config names are looked for: a note, with --on-this-host an error', async (t) => {
  const place = folder(t);
  const key = join(place, 'key.pem');
  writeFileSync(key, '');
  const path = file(
    t,
    `${start}loadmodule "httpd.so"\nmodparam("httpd", "tls_cert_file", "${join(place, 'cert.pem')}")\n` +
      `modparam("httpd", "tls_key_file", "${key}")\nroute { exit; }\n`,
  );
  const told = await check(path, '--strict');
  assert.match(told.out, /o\.cfg:4:36: note: the file \S+cert\.pem does not exist \[file-not-found\]/);
  assert.match(told.out, /0 errors, 0 warnings, 1 note/);
  assert.equal(told.code, 0);
  const here = await check(path, '--on-this-host');
  assert.match(here.out, /o\.cfg:4:36: error: the file \S+cert\.pem does not exist/);
  assert.equal(here.code, 255);
  writeFileSync(join(place, 'cert.pem'), '');
  assert.match((await check(path, '--on-this-host')).out, /0 errors, 0 warnings, 0 notes/);
});

test('what only a start of OpenSIPS refuses is told with that', async (t) => {
  const path = file(
    t,
    `${start}route { if ($ru =~ "(a") route(nowhere); xlog("$nothing\\n"); $var(x) = $none; exit; }\n`,
  );
  const { out } = await check(path);
  assert.equal(out.match(/note: OpenSIPS finds this when it starts, not with -C/g)?.length, 3);
  const { files } = JSON.parse((await check(path, '--format', 'json')).out);
  assert.deepEqual(
    files[0].findings
      .filter(({ severity }: { severity: string }) => severity === 'error')
      .map(({ code, atStart }: { code: string; atStart?: true }) => [code, atStart === true]),
    [
      ['regular-expression-unusable', true],
      ['unknown-route', true],
      ['unknown-variable', true],
      ['unknown-variable', false],
    ],
  );
});
