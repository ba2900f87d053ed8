import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressAndPort, addressFilter, spelt } from '../../../modules/tls_mgm/address-filter.ts';
import { writtenValue } from '../../../modules/tls_mgm/domain-value.ts';
import { nameFilter } from '../../../modules/tls_mgm/name-filter.ts';
import { comparableName } from '../../../modules/tls_mgm/server-name.ts';
import { methodText, readMethod } from '../../../modules/tls_mgm/tls-method.ts';
import { globPattern } from '../../../runtime/variables/glob-pattern.ts';

const latin1 = (text: string) => Buffer.from(text).toString('latin1');

describe('a value of a domain, where there are the domains d and HIGHER', () => {
  const rows: readonly (readonly [text: string, domain: string | undefined, value: string | undefined])[] = [
    ['[d]/etc/cert.pem', 'd', '/etc/cert.pem'],
    ['  [d]1', 'd', '1'],
    ['[d] /etc/cert.pem', 'd', '/etc/cert.pem'],
    ['[unknown]1', 'unknown', '1'],
    ['[d]a[b]c', 'd', 'a[b]c'],
    ['d:/etc/cert.pem', 'd', '/etc/cert.pem'],
    ['d:a:b', 'd', 'a:b'],
    ['D:1', undefined, 'D:1'],
    ['HIGH:!MD5', undefined, 'HIGH:!MD5'],
    ['HIGHER:!MD5', 'HIGHER', '!MD5'],
    ['/etc/cert.pem', undefined, '/etc/cert.pem'],
    [':1', undefined, ':1'],
    // No value, or no end of the name.
    ['', undefined, undefined],
    ['   ', undefined, undefined],
    ['[d]', undefined, undefined],
    ['[d]  ', undefined, undefined],
    ['[]1', undefined, undefined],
    ['[d 1', undefined, undefined],
    ['d:', undefined, undefined],
  ];
  for (const [text, domain, value] of rows)
    test(`"${text}": ${value === undefined ? 'none' : `${value} of ${domain ?? 'the default domain'}`}`, () => {
      const written = writtenValue(text, (name) => name === 'd' || name === 'HIGHER');
      assert.deepEqual(written, value === undefined ? undefined : { domain, value });
    });
});

describe('an address and port', () => {
  const rows: readonly (readonly [text: string, read: string | undefined])[] = [
    ['192.0.2.1:5061', '192.0.2.1:5061'],
    [' 192.0.2.1:5061 ', '192.0.2.1:5061'],
    ['[2001:db8::1]:5061', '[2001:db8::1]:5061'],
    ['[2001:DB8:0:0::0001]:5061', '[2001:db8::1]:5061'],
    ['2001:db8::1:5061', '[2001:db8::1]:5061'],
    ['::1:5061', '[::1]:5061'],
    ['[::ffff:192.0.2.1]:5061', '192.0.2.1:5061'],
    ['[::ffff:c000:201]:5061', '192.0.2.1:5061'],
    ['192.0.2.1:65535', '192.0.2.1:65535'],
    ['192.0.2.1', undefined],
    ['192.0.2.1:0', undefined],
    ['192.0.2.1:65536', undefined],
    ['192.0.2.1:x', undefined],
    ['192.0.2.256:5061', undefined],
    ['localhost:5061', undefined],
    ['[::1]', undefined],
    ['[::1:5061', undefined],
    [':5061', undefined],
    ['*', undefined],
    ['', undefined],
  ];
  for (const [text, read] of rows)
    test(`"${text}": ${read ?? 'none'}`, () => {
      const filter = addressFilter(text);
      assert.equal(filter && addressAndPort(filter.address, filter.port), read);
    });

  test('a text that is no address stays as it is', () => {
    assert.equal(spelt('localhost'), 'localhost');
    assert.equal(spelt(''), '');
  });
});

describe('a name as it is compared (RFC 4343, RFC 5890)', () => {
  const rows: readonly (readonly [written: string, compared: string])[] = [
    ['a.example.com', 'a.example.com'],
    ['A.Example.COM', 'a.example.com'],
    ['a.example.com.', 'a.example.com'],
    ['\t a.example.com \r\n', 'a.example.com'],
    ['a.example.com. ', 'a.example.com'],
    ['*.Example.com', '*.example.com'],
    [latin1('bücher.example'), 'xn--bcher-kva.example'],
    [latin1('BÜCHER.Example.'), 'xn--bcher-kva.example'],
    [latin1('*.bücher.example'), '*.xn--bcher-kva.example'],
    // The last byte of this letter is that of a blank in Latin-1.
    [latin1('example.voilà'), 'example.xn--voil-3na'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['_sip.example', '_sip.example'],
    ['', ''],
  ];
  for (const [written, compared] of rows)
    test(`"${Buffer.from(written, 'latin1')}": ${compared}`, () => {
      assert.equal(comparableName(written), compared);
    });
});

describe('a word of match_sip_domain', () => {
  const rows: readonly (readonly [
    written: string,
    kind: string,
    passes: readonly (string | undefined)[],
    fails: readonly (string | undefined)[],
  ])[] = [
    ['*', 'any', [undefined, 'a', 'a.b'], []],
    ['none', 'none', [undefined], ['none', 'a']],
    ['None', 'none', [undefined], ['a']],
    ['a.example', 'exact', ['a.example'], [undefined, 'b.a.example', 'a.example.com']],
    ['A.EXAMPLE.', 'exact', ['a.example'], [undefined]],
    ['*.example', 'pattern', ['a.example', 'a.b.example'], [undefined, 'example', 'a.example.com']],
    ['?.example', 'pattern', ['a.example'], ['aa.example', '.example']],
    ['[a-c].example', 'pattern', ['b.example'], ['d.example']],
    ['*', 'any', ['*'], []],
    ['*.*', 'pattern', ['a.b'], ['a', undefined]],
  ];
  for (const [written, kind, passes, fails] of rows)
    test(`${written}: ${kind}`, () => {
      const filter = nameFilter(written, globPattern);
      assert.equal(filter.kind, kind);
      for (const name of passes) assert.equal(filter.passes(name), true, name);
      for (const name of fails) assert.equal(filter.passes(name), false, name);
    });
});

describe('tls_method', () => {
  const rows: readonly (readonly [text: string, read: string])[] = [
    ['SSLv23', 'TLSv1.2 to TLSv1.3'],
    ['TLSany', 'TLSv1.2 to TLSv1.3'],
    ['tlsV1_2', 'TLSv1.2'],
    [' TLSv1_3 ', 'TLSv1.3'],
    ['TLSv1', 'TLSv1 old'],
    ['TLSv1_1', 'TLSv1.1 old'],
    ['TLSv1_2-TLSv1_3', 'TLSv1.2 to TLSv1.3'],
    ['TLSv1_1 - TLSv1_2', 'TLSv1.1 to TLSv1.2 old'],
    ['TLSv1_2-', 'TLSv1.2 to TLSv1.3'],
    ['-TLSv1_2', 'TLSv1 to TLSv1.2 old'],
    ['-', 'TLSv1 to TLSv1.3 old'],
    ['SSLv23-TLSv1_2', 'TLSv1.2 to TLSv1.3'],
    ['TLSv1_3-SSLv23', 'TLSv1.3'],
    ['TLSv1_3-TLSv1_2', 'empty'],
    ['SSLv2', 'absent'],
    ['SSLv3', 'absent'],
    ['SSLv3-TLSv1_2', 'absent'],
    ['', 'unknown'],
    ['TLSv1_4', 'unknown'],
    ['TLSv1.2', 'unknown'],
    ['TLSv1_2-TLSv1_3-', 'unknown'],
    ['constructor', 'unknown'],
  ];
  for (const [text, read] of rows)
    test(`"${text}": ${read}`, () => {
      const method = readMethod(text);
      const told = typeof method === 'string' ? method : `${methodText(method)}${method.old ? ' old' : ''}`;
      assert.equal(told, read);
    });
});
