import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { oneLine, partOf, readDistinguishedName } from '../../../modules/tls_mgm/distinguished-name.ts';

/** DER by hand: a tag and what stands in it. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
}

const common = '550403';
const part = (type: string, tag: number, value: Buffer | string) =>
  der(0x30, der(0x06, Buffer.from(type, 'hex')), der(tag, Buffer.from(value)));
const set = (...parts: readonly Buffer[]) => der(0x31, ...parts);

describe('a whole name in one line', () => {
  const rows = [
    { what: 'an empty name', name: Buffer.alloc(0), line: '' },
    {
      what: 'several parts in one set',
      name: Buffer.concat([
        set(part('55040a', 0x13, 'X')),
        set(part('550405', 0x13, '9'), part(common, 0x0c, 'carol')),
        set(part('55040b', 0x0c, 'z')),
      ]),
      line: '/O=X/serialNumber=9+CN=carol/OU=z',
    },
    {
      what: 'names of parts as OpenSSL has them',
      name: Buffer.concat([
        set(part('0992268993f22c640119', 0x16, 'com')),
        set(part('0992268993f22c640101', 0x0c, 'u1')),
        set(part('55042a', 0x0c, 'Gi')),
        set(part('550404', 0x0c, 'Sur')),
        set(part('55040c', 0x0c, 'T')),
      ]),
      line: '/DC=com/UID=u1/GN=Gi/SN=Sur/title=T',
    },
    {
      what: 'a part that has no name',
      name: set(part('2b0601040182374d01', 0x0c, 'v')),
      line: '/1.3.6.1.4.1.311.77.1=v',
    },
    { what: 'a slash, a plus', name: set(part(common, 0x0c, 'a/b+c')), line: '/CN=a\\/b\\+c' },
    {
      what: 'bytes that are not printable',
      name: set(part(common, 0x0c, Buffer.from([0x00, 0x1f, 0x20, 0x7e, 0x7f, 0xc3]))),
      line: '/CN=\\x00\\x1F ~\\x7F\\xC3',
    },
  ];
  for (const { what, name, line } of rows)
    test(what, () => assert.equal(oneLine(readDistinguishedName(name)), line));
});

describe('a part as UTF-8', () => {
  const rows = [
    { what: 'UTF8String', tag: 0x0c, value: Buffer.from('é€'), text: 'é€' },
    { what: 'UTF8String that is not UTF-8', tag: 0x0c, value: Buffer.from([0xe9]), text: undefined },
    { what: 'PrintableString', tag: 0x13, value: Buffer.from('abc'), text: 'abc' },
    { what: 'T61String', tag: 0x14, value: Buffer.from([0xe9]), text: 'é' },
    { what: 'BMPString', tag: 0x1e, value: Buffer.from([0x20, 0xac, 0x00, 0x41]), text: '€A' },
    { what: 'BMPString cut short', tag: 0x1e, value: Buffer.from([0x20]), text: undefined },
    { what: 'UniversalString', tag: 0x1c, value: Buffer.from([0, 1, 0xf6, 0]), text: '😀' },
    {
      what: 'UniversalString with no such character',
      tag: 0x1c,
      value: Buffer.from([0, 0x11, 0, 0]),
      text: undefined,
    },
    { what: 'an INTEGER', tag: 0x02, value: Buffer.from([1]), text: undefined },
  ];
  for (const { what, tag, value, text } of rows)
    test(what, () => {
      const name = readDistinguishedName(set(part(common, tag, value)));
      assert.equal(partOf(name, '2.5.4.3'), text && Buffer.from(text).toString('latin1'));
    });

  test('the first of several', () => {
    const name = readDistinguishedName(
      Buffer.concat([set(part(common, 0x0c, 'one')), set(part(common, 0x0c, 'two'))]),
    );
    assert.equal(partOf(name, '2.5.4.3'), 'one');
  });
});
