import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import createModule from '../../../modules/sipmsgops/index.ts';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { globPattern } from '../../../runtime/variables/glob-pattern.ts';
import { call, commandsOf, requestText, runOf } from '../module-tools.ts';

const commands = commandsOf(createModule);
const headers = ['X-One: 1', 'X-Two: 2', 'Max-Forwards: 7', 'x-one: again'];

/** The names and values of the headers that go on, after these calls. */
function after(...calls: readonly (readonly [name: string, ...args: string[]])[]): string[] {
  const run = runOf(requestText({ headers }));
  for (const [name, ...args] of calls) call(commands[name], run, ...args);
  const lines = printMessage(run.message).split('\r\n').slice(1, -2);
  return lines.filter((line) => /^(?:X|x|Max)-/.test(line));
}

describe('changes to headers, as the message goes on', () => {
  const rows = [
    [[['append_hf', 'X-New: n\r\n']], [...headers, 'X-New: n']],
    [[['append_hf', 'X-New: n']], [...headers, 'X-New: n']],
    [[['append_hf', 'X-New: n\r\n', 'X-One']], ['X-One: 1', 'X-New: n', ...headers.slice(1)]],
    [[['insert_hf', 'X-New: n\r\n']], ['X-New: n', ...headers]],
    [
      [['insert_hf', 'X-New: n\r\n', 'Max-Forwards']],
      ['X-One: 1', 'X-Two: 2', 'X-New: n', ...headers.slice(2)],
    ],
    [[['append_urihf', 'X-Uri: <', '>\r\n']], [...headers, 'X-Uri: <sip:bob@example.com>']],
    [[['remove_hf', 'X-One']], ['X-Two: 2', 'Max-Forwards: 7']],
    [[['remove_hf', 'X-*', 'g']], ['Max-Forwards: 7']],
    [[['remove_hf', '^x-t', 'r']], ['X-One: 1', 'Max-Forwards: 7', 'x-one: again']],
    [[['remove_hf', '^X-[[:alpha:]]{3}$', 'regex']], ['Max-Forwards: 7']],
    [[['remove_hf_re', '^(x-t|max)']], ['X-One: 1', 'x-one: again']],
    [[['remove_hf_glob', 'x-?wo']], ['X-One: 1', 'Max-Forwards: 7', 'x-one: again']],
    [
      [
        ['remove_hf', 'X-Two'],
        ['append_hf', 'X-Two: new\r\n'],
      ],
      ['X-One: 1', 'Max-Forwards: 7', 'x-one: again', 'X-Two: new'],
    ],
  ] as const;
  for (const [calls, expected] of rows) {
    test(
      calls
        .map(([name, ...args]) => `${name}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`)
        .join(' '),
      () => {
        assert.deepEqual(after(...calls), expected);
      },
    );
  }

  test('line ends in the middle of a text take time in proportion', { timeout: 20_000 }, () => {
    const body = `X-New: n${'\r'.repeat(1_000_000)}\n`;
    const run = runOf(requestText({ headers }));
    const start = performance.now();
    call(commands.append_to_reply, run, `${body}x`);
    assert.ok(performance.now() - start < 10_000);
    assert.equal(run.message.edits.replyLines, `${body}x\r\n`);
  });

  const badPatterns = [
    ['remove_hf', ['X', 'x'], /unknown match type 'x'/],
    ['remove_hf', ['(X', 'r'], /Unmatched \(/],
    ['remove_hf_re', ['[X'], /Unmatched \[/],
    ['remove_hf', [''], /empty header name/],
    ['remove_hf_glob', [''], /empty header name/],
  ] as const;
  for (const [name, args, message] of badPatterns) {
    test(`${name}(${args.join(', ')}) is an error at the start`, () => {
      assert.throws(() => call(commands[name], runOf(requestText()), ...args), message);
    });
  }

  test('remove_hf tells whether there was one', () => {
    const run = runOf(requestText({ headers }));
    assert.equal(call(commands.remove_hf, run, 'X-One'), true);
    assert.equal(call(commands.remove_hf, run, 'X-One'), false);
    assert.equal(call(commands.remove_hf, run, 'X-Absent'), false);
  });
});

test('append_to_reply and append_time gather lines for replies', () => {
  const run = runOf(requestText());
  call(commands.append_to_reply, run, 'X-A: 1\r\nX-B: 2\r\n');
  call(commands.append_to_reply, run, 'X-C: 3');
  call(commands.append_time, run);
  assert.match(
    run.message.edits.replyLines,
    /^X-A: 1\r\nX-B: 2\r\nX-C: 3\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n$/,
  );
});

describe('the Request-URI', () => {
  const rows = [
    ['ruri_add_param', ['x=1'], 'sip:bob@example.com', 'sip:bob@example.com;x=1'],
    ['ruri_add_param', ['x=1'], 'sip:bob@example.com;y?h=1', 'sip:bob@example.com;y;x=1?h=1'],
    ['ruri_del_param', ['y'], 'sip:bob@example.com;y=2;z?h=1', 'sip:bob@example.com;z?h=1'],
    ['ruri_del_param', ['y'], 'sip:b;y@example.com;y', 'sip:b;y@example.com'],
    ['ruri_tel2sip', [], 'tel:+4930123', 'sip:+4930123@atlanta.example;user=phone'],
    ['ruri_tel2sip', [], 'sip:bob@example.com', 'sip:bob@example.com'],
  ] as const;
  for (const [name, args, before, result] of rows) {
    test(`${name}(${args}): ${before} → ${result}`, () => {
      const run = runOf(requestText({ uri: before }));
      assert.equal(call(commands[name], run, ...args), true);
      assert.equal(run.message.requestUri, result);
      assert.equal(run.message.originalUri, before);
    });
  }

  test('ruri_del_param of a parameter that is not there is false', () => {
    assert.equal(call(commands.ruri_del_param, runOf(requestText()), 'x'), false);
  });
});

describe('globs, as fnmatch takes them', () => {
  const rows = [
    ['X-*', 'x-abc', true],
    ['X-?', 'X-ab', false],
    ['X-[ab]*', 'X-bc', true],
    ['X-[!ab]*', 'X-bc', false],
    ['X.Y', 'X-Y', false],
    ['X-\\*', 'X-*', true],
    ['X-[', 'X-[', true],
  ] as const;
  for (const [glob, name, matches] of rows) {
    test(`${glob} ${matches ? 'matches' : 'does not match'} ${name}`, () => {
      assert.equal(globPattern(glob)(name), matches);
    });
  }
});

test('a glob with several stars over a long name that almost fits', () => {
  const name = '-'.repeat(60_000);
  const start = performance.now();
  assert.equal(globPattern('*-*-*x')(name), false);
  assert.equal(globPattern('*-*-*')(name), true);
  assert.ok(performance.now() - start < 2000, 'linear work takes some milliseconds, cubic work hours');
});
