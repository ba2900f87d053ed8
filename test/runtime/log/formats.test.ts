import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type LogFormat, stderrFormatter, syslogFormatter } from '../../../runtime/log/formats.ts';
import type { LineFacts, LogLine } from '../../../runtime/log/log-line.ts';

const time = new Date(2026, 10, 21, 21, 52, 22).getTime();
const facts: LineFacts = { pid: 8344, prefix: 'pfx', name: 'opensips', hostname: 'vm' };
const bare: LineFacts = { ...facts, prefix: '' };
const version: LogLine = {
  level: 2,
  module: 'core',
  caller: 'main',
  message: 'version: opensips 3.6.8 (x86_64/linux)\n',
  time,
};
const xlog: LogLine = { level: 2, module: undefined, caller: undefined, message: 'no newline', time };

/** What OpenSIPS 3.6.8 wrote for these lines; dates and process numbers are part of them. */
const stderrLines: readonly [LogFormat, LogLine, LineFacts, string][] = [
  [
    'plain_text',
    version,
    facts,
    'Nov 21 21:52:22 [8344] pfx:NOTICE:core:main: version: opensips 3.6.8 (x86_64/linux)\n',
  ],
  [
    'plain_text',
    version,
    bare,
    'Nov 21 21:52:22 [8344] NOTICE:core:main: version: opensips 3.6.8 (x86_64/linux)\n',
  ],
  ['plain_text', xlog, facts, 'Nov 21 21:52:22 [8344] pfx:NOTICE:no newline'],
  [
    'json',
    version,
    facts,
    '{"time": "Nov 21 21:52:22", "pid": 8344, "level": "NOTICE", "module": "core", "function": "main", "prefix": "pfx", "message": "version: opensips 3.6.8 (x86_64/linux)\\n"}\n',
  ],
  [
    'json',
    xlog,
    facts,
    '{"time": "Nov 21 21:52:22", "pid": 8344, "level": "NOTICE", "prefix": "pfx", "message": "no newline"}\n',
  ],
  [
    'json',
    xlog,
    bare,
    '{"time": "Nov 21 21:52:22", "pid": 8344, "level": "NOTICE", "message": "no newline"}\n',
  ],
  [
    'json_cee',
    version,
    facts,
    '{"time": "Nov 21 21:52:22", "proc": {"id": "8344"}, "pri": "NOTICE", "subsys": "core", "native": {"function": "main", "log_prefix": "pfx"}, "msg": "version: opensips 3.6.8 (x86_64/linux)\\n", "pname": "opensips", "hostname": "vm"}\n',
  ],
  [
    'json_cee',
    xlog,
    facts,
    '{"time": "Nov 21 21:52:22", "proc": {"id": "8344"}, "pri": "NOTICE", "native": {"log_prefix": "pfx"}, "msg": "no newline", "pname": "opensips", "hostname": "vm"}\n',
  ],
  [
    'json_cee',
    xlog,
    bare,
    '{"time": "Nov 21 21:52:22", "proc": {"id": "8344"}, "pri": "NOTICE", "msg": "no newline", "pname": "opensips", "hostname": "vm"}\n',
  ],
];

test('dprint.c stderr_dprint: lines on standard error', () => {
  for (const [format, line, lineFacts, expected] of stderrLines) {
    assert.equal(stderrFormatter(format)(line, lineFacts), expected);
  }
});

test('dprint.c syslog_dprint: no date and no process, json_cee behind @cee:', () => {
  assert.equal(
    syslogFormatter('plain_text')(version, facts),
    'pfx:NOTICE:core:main: version: opensips 3.6.8 (x86_64/linux)\n',
  );
  assert.match(syslogFormatter('json')(version, facts), /^\{"time": "Nov 21 21:52:22", "pid": 8344, .*\}$/);
  assert.match(syslogFormatter('json_cee')(version, facts), /^@cee: \{"time": .*"hostname": "vm"\}$/);
});

test('dprint.h: the word of every level', () => {
  const format = syslogFormatter('plain_text');
  const words = [-3, -2, -1, 1, 2, 3, 4].map((level) => format({ ...xlog, level, message: '' }, bare));
  assert.deepEqual(words, ['ALERT:', 'CRITICAL:', 'ERROR:', 'WARNING:', 'NOTICE:', 'INFO:', 'DBG:']);
});

test('ctime(): a day of one digit has a space in front', () => {
  const early = { ...xlog, time: new Date(2026, 0, 5, 7, 8, 9).getTime() };
  assert.match(stderrFormatter('plain_text')(early, bare), /^Jan {2}5 07:08:09 \[/);
});

test('bytes stay bytes in plain lines and become UTF-8 in JSON', () => {
  const utf8 = Buffer.from('é€', 'utf8').toString('latin1');
  const plain = stderrFormatter('plain_text')({ ...xlog, message: `${utf8}\xff` }, bare);
  assert.deepEqual(Buffer.from(plain.slice(-6), 'latin1'), Buffer.from([0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xff]));

  const json = stderrFormatter('json');
  assert.equal(messageOf(json({ ...xlog, message: utf8 }, bare)), 'é€');
  assert.equal(messageOf(json({ ...xlog, message: 'caf\xe9' }, bare)), 'café', 'Latin-1 that is no UTF-8');
  assert.equal(messageOf(json({ ...xlog, message: '"\\\x01\x7f\t' }, bare)), '"\\\x01\x7f\t');
});

test("characters beyond a byte, as in Node's messages, leave as UTF-8", () => {
  const plain = stderrFormatter('plain_text')({ ...xlog, message: 'ж😀' }, bare);
  assert.ok(Buffer.from(plain, 'latin1').toString('utf8').endsWith('ж😀'));
  assert.equal(messageOf(stderrFormatter('json')({ ...xlog, message: 'ж😀' }, bare)), 'ж😀');
});

function messageOf(byteText: string): unknown {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return JSON.parse(decoder.decode(Buffer.from(byteText, 'latin1'))).message;
}
