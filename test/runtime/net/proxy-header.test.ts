import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ProxyHeaderError,
  ProxyHeaderReader,
  proxyHeader,
  type ReadProxyHeader,
} from '../../../runtime/net/proxy-header.ts';
import { binary, v4, v6 } from './proxy-headers.ts';

describe('the PROXY protocol, versions 1 and 2', () => {
  const rows: readonly [name: string, header: string | Buffer, peer: string | undefined][] = [
    ['TCP4', 'PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n', '192.0.2.1 56324'],
    ['TCP6', 'PROXY TCP6 2001:DB8:0:0:0:0:0:1 2001:db8::2 56324 443\r\n', '2001:db8::1 56324'],
    ['TCP6 with an IPv4 address', 'PROXY TCP6 ::ffff:192.0.2.1 ::ffff:192.0.2.2 1 2\r\n', '192.0.2.1 1'],
    ['UNKNOWN', 'PROXY UNKNOWN\r\n', undefined],
    ['UNKNOWN with more', 'PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n', undefined],
    ['version 2, IPv4', binary(`21 11 000c ${v4}`), '192.0.2.1 56324'],
    ['version 2, IPv6', binary(`21 21 0024 ${v6}`), '2001:db8::1 56324'],
    ['version 2, more behind the addresses', binary(`21 11 0010 ${v4} 04000100`), '192.0.2.1 56324'],
    ['version 2, LOCAL', binary('20 00 0000'), undefined],
    ['version 2, LOCAL with addresses', binary(`20 11 000c ${v4}`), undefined],
    ['version 2, a family that is not told', binary('21 00 0000'), undefined],
    ['version 2, a socket of the file system', binary(`21 31 00d8 ${'00'.repeat(216)}`), undefined],
    ['none', '', undefined],
    ['none, and empty lines', '\r\n\r\n', undefined],
  ];
  for (const [name, header, peer] of rows) {
    const rest = 'GET / HTTP/1.1\r\n';
    const bytes = Buffer.concat([Buffer.from(header), Buffer.from(rest)]);
    const kept = peer === undefined && String(header).trim() === '' ? String(header) + rest : rest;
    test(`${name}, cut at every byte`, () => {
      for (let at = 0; at <= bytes.length; at++) {
        const reader = new ProxyHeaderReader();
        const early = at === 0 ? undefined : reader.push(bytes.subarray(0, at));
        const read = early ?? reader.push(bytes.subarray(at));
        assert.deepEqual(wordsOf(read), peer, `cut at ${at}`);
        assert.equal(String(read?.rest) + (early ? String(bytes.subarray(at)) : ''), kept, `cut at ${at}`);
      }
    });
  }

  const bad: readonly [name: string, header: string | Buffer][] = [
    ['another family', 'PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n'],
    ['an IPv6 address in TCP4', 'PROXY TCP4 2001:db8::1 192.0.2.2 1 2\r\n'],
    ['no address', 'PROXY TCP4 nonsense 192.0.2.2 1 2\r\n'],
    ['a port beyond 65535', 'PROXY TCP4 192.0.2.1 192.0.2.2 65536 2\r\n'],
    ['a port missing', 'PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n'],
    ['a word too many', 'PROXY TCP4 192.0.2.1 192.0.2.2 1 2 3\r\n'],
    ['two blanks', 'PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n'],
    ['a line without end', `PROXY TCP4 ${'1'.repeat(200)}`],
    ['another version', binary(`11 11 000c ${v4}`)],
    ['another command', binary(`22 11 000c ${v4}`)],
    ['too short for its addresses', binary('21 11 0004 c0000201')],
    ['a length that nobody needs', binary('21 11 ffff')],
  ];
  for (const [name, header] of bad) {
    test(`refused: ${name}`, () => {
      assert.throws(
        () => new ProxyHeaderReader().push(Buffer.from(header)),
        (error) => error instanceof ProxyHeaderError && /could not parse/.test(error.message),
      );
    });
  }
});

function wordsOf(read: ReadProxyHeader | undefined): string | undefined {
  return read?.peer && `${read.peer.address} ${read.peer.port}`;
}

describe('the header that is sent', () => {
  const rows: readonly [source: string, destination: string, header: string][] = [
    ['192.0.2.1', '192.0.2.2', 'PROXY TCP4 192.0.2.1 192.0.2.2 4711 443\r\n'],
    ['2001:db8::1', '2001:db8::2', 'PROXY TCP6 2001:db8::1 2001:db8::2 4711 443\r\n'],
    ['192.0.2.1', '2001:db8::2', 'PROXY UNKNOWN\r\n'],
    ['', '', 'PROXY UNKNOWN\r\n'],
  ];
  for (const [source, destination, header] of rows) {
    test(`from ${source || 'nowhere'} to ${destination || 'nowhere'}`, () => {
      const sent = proxyHeader({ address: source, port: 4711 }, { address: destination, port: 443 });
      assert.equal(sent, header);
      assert.equal(new ProxyHeaderReader().push(Buffer.from(sent))?.rest.length, 0, 'it is read back');
    });
  }
});
