import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import createModule from '../../../modules/maxfwd/index.ts';
import { printMessage } from '../../../runtime/sip/print-message.ts';
import { call, commandsOf, requestText, runOf } from '../module-tools.ts';

const withValue = (value: string | undefined) =>
  requestText({ headers: value === undefined ? [] : [`Max-Forwards: ${value}`] });

describe('mf_process_maxfwd_header, RFC 3261 §16.3 and §16.6', () => {
  const rows = [
    { value: '70', answer: 1, goesOn: ['Max-Forwards: 69'] },
    { value: '1', answer: 1, goesOn: ['Max-Forwards: 0'] },
    { value: '0', answer: -1, goesOn: ['Max-Forwards: 0'] },
    { value: undefined, answer: 2, goesOn: ['Max-Forwards: 10'] },
    { value: '255', answer: 1, limit: 100, goesOn: ['Max-Forwards: 100'] },
  ];
  for (const { value, answer, goesOn, limit } of rows) {
    test(`Max-Forwards: ${value ?? 'none'}${limit ? `, max_limit ${limit}` : ''} → ${answer}, ${goesOn}`, () => {
      const commands = commandsOf(createModule, limit ? { max_limit: limit } : {});
      const run = runOf(withValue(value));
      assert.equal(call(commands.mf_process_maxfwd_header, run, 10), answer);
      const lines = printMessage(run.message).split('\r\n');
      assert.deepEqual(
        lines.filter((line) => line.startsWith('Max-Forwards')),
        goesOn,
      );
    });
  }

  const twice = [
    { value: '70', answers: [1, 1], goesOn: ['Max-Forwards: 68'] },
    { value: '1', answers: [1, -1], goesOn: ['Max-Forwards: 0'] },
    { value: undefined, answers: [2, 2], goesOn: ['Max-Forwards: 10'] },
  ];
  for (const { value, answers, goesOn } of twice) {
    test(`called twice of Max-Forwards: ${value ?? 'none'} → ${answers}, ${goesOn} in the same place`, () => {
      const { mf_process_maxfwd_header: command } = commandsOf(createModule);
      const run = runOf(withValue(value));
      assert.deepEqual([call(command, run, 10), call(command, run, 10)], answers);
      const names = printMessage(run.message)
        .split('\r\n')
        .map((line) => (line.startsWith('Max-Forwards') ? line : line.replace(/:.*/, '')));
      assert.deepEqual(
        names.filter((line) => line.startsWith('Max-Forwards')),
        goesOn,
      );
      if (value !== undefined) assert.equal(names.indexOf('CSeq') + 1, names.indexOf(goesOn[0] ?? ''));
    });
  }

  test('a Max-Forwards that the script has removed stays removed', () => {
    const { mf_process_maxfwd_header: command } = commandsOf(createModule);
    const run = runOf(withValue('70'));
    run.message.edits.remove(run.message.findHeader('Max-Forwards'));
    assert.equal(call(command, run, 10), 1);
    assert.doesNotMatch(printMessage(run.message), /Max-Forwards/);
  });

  for (const bad of [0, 257, -1]) {
    test(`${bad} is an error at the start`, () => {
      const { mf_process_maxfwd_header: command } = commandsOf(createModule);
      assert.throws(() => call(command, runOf(withValue('70')), bad), /invalid MAXFWD number/);
    });
  }

  test('more than max_limit is an error at the start', () => {
    const { mf_process_maxfwd_header: command } = commandsOf(createModule, { max_limit: 50 });
    assert.throws(() => call(command, runOf(withValue('70')), 60), /bigger than max limit\(50\)/);
  });
});

describe('is_maxfwd_lt', () => {
  const rows = [
    ['10', 20, 1],
    ['20', 20, -1],
    ['30', 20, -1],
    [undefined, 20, -2],
  ] as const;
  for (const [value, limit, answer] of rows) {
    test(`Max-Forwards: ${value ?? 'none'} below ${limit} → ${answer}`, () => {
      assert.equal(call(commandsOf(createModule).is_maxfwd_lt, runOf(withValue(value)), limit), answer);
    });
  }

  test('sees what mf_process_maxfwd_header has counted', () => {
    const commands = commandsOf(createModule);
    const run = runOf(withValue('20'));
    call(commands.mf_process_maxfwd_header, run, 10);
    assert.equal(call(commands.is_maxfwd_lt, run, 20), 1);
  });
});
