import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import createModule from '../../../modules/uri/index.ts';
import { call, commandsOf, type RequestParts, requestText, runOf } from '../module-tools.ts';

const commands = commandsOf(createModule);

type Row = readonly [name: string, args: readonly string[], message: RequestParts, holds: boolean];

const questions: readonly Row[] = [
  ['has_totag', [], {}, false],
  ['has_totag', [], { to: '<sip:bob@example.com>;tag=2' }, true],
  ['has_totag', [], { to: '<sip:bob@example.com;tag=2>' }, false],
  ['uri_param', ['x'], { uri: 'sip:bob@example.com;x' }, true],
  ['uri_param', ['x'], { uri: 'sip:bob@example.com;x=' }, true],
  ['uri_param', ['x'], { uri: 'sip:bob@example.com;x=1' }, false],
  ['uri_param', ['x'], { uri: 'sip:bob@example.com' }, false],
  ['uri_param', ['x', '1'], { uri: 'sip:bob@example.com;y;x=1?h=2' }, true],
  ['uri_param', ['x', '1'], { uri: 'sip:bob@example.com;x=2;x=1' }, false],
  ['uri_param', ['X', '1'], { uri: 'sip:bob@example.com;x=1' }, false],
  ['uri_param', ['x'], { uri: 'sip:bob;x@example.com' }, false],
  ['uri_param', ['x'], { uri: 'sip:bob@example.com?y=z;x' }, false],
  ['uri_param', ['x', '1'], { uri: 'tel:+4930123;x=1' }, true],
  ['uri_param', ['x'], { uri: 'urn:service:sos;x' }, false],
  ['is_uri_user_e164', ['sip:+4930123@example.com'], {}, true],
  ['is_uri_user_e164', ['sips:+4930123:password@example.com'], {}, true],
  ['is_uri_user_e164', ['tel:+4930123;x=1'], {}, true],
  ['is_uri_user_e164', ['sip:4930123@example.com'], {}, false],
  ['is_uri_user_e164', ['sip:+1@example.com'], {}, false],
  ['is_uri_user_e164', ['sip:+12@example.com'], {}, true],
  ['is_uri_user_e164', ['sip:+123456789012345@example.com'], {}, true],
  ['is_uri_user_e164', ['sip:+1234567890123456@example.com'], {}, false],
  ['is_uri_user_e164', ['sip:+49\n@example.com'], {}, false],
  ['is_uri_user_e164', ['no uri'], {}, false],
];

describe('questions of OpenSIPS 2.x about URIs', () => {
  for (const [name, args, message, holds] of questions) {
    test(`${name}(${args.join(', ')}) is ${holds} of ${JSON.stringify(message)}`, () => {
      assert.equal(call(commands[name], runOf(requestText(message)), ...args), holds);
    });
  }
});

describe('changes to the Request-URI', () => {
  const rows = [
    ['add_uri_param', 'x=1', 'sip:bob@example.com', 'sip:bob@example.com;x=1'],
    ['add_uri_param', 'x=1', 'sip:bob@example.com:5070;y?h=1', 'sip:bob@example.com:5070;y;x=1?h=1'],
    ['add_uri_param', '', 'sip:bob@example.com', 'sip:bob@example.com'],
    ['del_uri_param', 'y', 'sip:bob@example.com;y=2;z;y?h=1', 'sip:bob@example.com;z;y?h=1'],
    ['del_uri_param', 'y', 'sip:b;y@example.com;y', 'sip:b;y@example.com'],
    ['del_uri_param', '', 'sip:bob@example.com;y', 'sip:bob@example.com;y'],
    ['tel2sip', undefined, 'tel:+4930123', 'sip:+4930123@atlanta.example;user=phone'],
    ['tel2sip', undefined, 'TEL:+49-30', 'sip:+49-30@atlanta.example;user=phone'],
    ['tel2sip', undefined, 'sip:bob@example.com', 'sip:bob@example.com'],
  ] as const;
  for (const [name, argument, before, result] of rows) {
    test(`${name}(${argument ?? ''}): ${before} → ${result}`, () => {
      const run = runOf(requestText({ uri: before }));
      const args = argument === undefined ? [] : [argument];
      assert.equal(call(commands[name], run, ...args), true);
      assert.equal(run.message.requestUri, result);
      assert.equal(run.message.originalUri, before);
    });
  }

  const refused = [
    ['del_uri_param', 'x', 'sip:bob@example.com;X=1'],
    ['add_uri_param', 'x'.repeat(1024 - 19), 'sip:bob@example.com'],
  ] as const;
  for (const [name, argument, uri] of refused) {
    test(`${name}(${argument.slice(0, 5)}) is false of ${uri}, which stays`, () => {
      const run = runOf(requestText({ uri }));
      assert.equal(call(commands[name], run, argument), false);
      assert.equal(run.message.requestUri, uri);
    });
  }

  test('a Request-URI has at most 1024 bytes', () => {
    const run = runOf(requestText());
    assert.equal(call(commands.add_uri_param, run, 'x'.repeat(1024 - 20)), true);
    assert.equal(run.message.requestUri.length, 1024);
  });

  test('tel2sip is false where From has no host', () => {
    const text = requestText({ uri: 'tel:+4930123' }).replace(/From: .*/, 'From: <tel:+49301>;tag=1');
    assert.equal(call(commands.tel2sip, runOf(text)), false);
  });
});
