/** $ru and its parts, as OpenSIPS 3.6 shows them for URIs that come in and that the script assigns. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { script } from './support.ts';

const nothing = '<null> <null> <null> <null> <null>';
const shown = 'xlog("$ru $rU $rd $rp $rP");';

const uris: readonly (readonly [uri: string, parts: string])[] = [
  ['sip:x@y', 'sip:x@y x y 5060 udp'],
  ['SIP:a@b', 'SIP:a@b a b 5060 udp'],
  ['tel:+123;x=1', 'tel:+123;x=1 +123 <null> 5060 udp'],
  ['TEL:1;a=b', 'TEL:1;a=b 1 <null> 5060 udp'],
  ['urn:service:sos', 'urn:service:sos <null> sos 5060 udp'],
  ['urn:nena:service:x', 'urn:nena:service:x <null> x 5060 udp'],
  ['mailto:a@b', nothing],
  ['http://a.b/', nothing],
  ['urn:x:y', nothing],
  ['foo:bar', nothing],
];

describe('a URI that is received', () => {
  for (const [uri, parts] of uris) {
    test(uri, () => {
      const { runWith, lines, routes } = script(`route { ${shown} xlog("$ou $oU $od $op $oP"); }`);
      assert.deepEqual(routes.problems, []);
      runWith(
        [
          `OPTIONS ${uri} SIP/2.0`,
          'Via: SIP/2.0/UDP 127.0.0.1:17651;branch=z9hG4bK1',
          'From: <sip:alice@a.example>;tag=1',
          'To: <sip:bob@b.example>',
          'Call-ID: 1',
          'CSeq: 1 OPTIONS\r\n\r\n',
        ].join('\r\n'),
      );
      assert.deepEqual(lines, [parts, parts]);
    });
  }
});

describe('a URI that is assigned', () => {
  for (const [uri, parts] of [...uris, ['garbage', nothing], ['sip:@b', nothing], ['sip:', nothing]]) {
    test(uri, () => {
      const compiled = script(`route { $ru = "${uri}"; ${shown} xlog("$ou"); }`);
      compiled.run();
      assert.deepEqual(compiled.lines, [parts, 'sip:bob@example.com']);
      assert.deepEqual(compiled.complaints, []);
    });
  }

  test('a text of an unknown scheme matches nothing and is no part of a condition', () => {
    const compiled = script(
      'route { $ru = "mailto:a@b"; if ($ru == NULL) xlog("null"); if ($ru =~ "mailto") xlog("matches"); }',
    );
    compiled.run();
    assert.deepEqual(compiled.lines, ['null']);
  });
});
