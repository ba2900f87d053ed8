import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createParser } from '../../../grammar/parse/parse.ts';

const parse = createParser();

/** What reading a text reports: line:column and code, one a line. */
function findings(text: string): string[] {
  const { source, diagnostics } = parse(text, { name: 'x.cfg' });
  return diagnostics.map(({ code, span }) => {
    const { line, column } = source.locate(span.start);
    return `${line}:${column} ${code}`;
  });
}

test('ten slips at top level give ten findings, in order, each once', () => {
  const text = `log_level = 
socket=udp:127.0.0.1:5060,
loadmodule sl.so
modparam("tm" "fr_timeout", 5)
request_route { exit; }
alias=example.com:5060
log_prefix "x"
socket=udp:any:5060
route { exit; };
mpath=/usr/lib
route[ok] { exit; }
`;
  assert.deepEqual(findings(text), [
    '2:1 syntax-error',
    '3:1 syntax-error',
    '3:12 syntax-error',
    '4:15 syntax-error',
    '5:1 syntax-error',
    '6:18 syntax-error',
    '7:12 syntax-error',
    '8:12 syntax-error',
    '9:16 stray-semicolon',
    '10:7 syntax-error',
  ]);
});

test('ten slips in routes give ten findings, in order, each once', () => {
  const text = `route {
	xlog("one")
	xlog("two");
	if ($rU == ) {
		$var(x) = = 3;
		exit
	}
	$var(a)++;
	sl_send_reply(200 "OK");
	t_relay;
	switch ($rm) {
		case "A"
			exit;
		case "B":
			break
		default:
			drop();
	}
	while ($var(i) < 3 {
		$var(i) = $var(i) + 1;
	}
}
`;
  assert.deepEqual(findings(text), [
    '3:2 missing-semicolon',
    '4:13 syntax-error',
    '5:13 syntax-error',
    '7:2 missing-semicolon',
    '8:9 syntax-error',
    '9:20 syntax-error',
    '10:9 syntax-error',
    '13:4 syntax-error',
    '16:3 missing-semicolon',
    '19:21 syntax-error',
  ]);
});

test('ten slips in heads and bodies of routes give ten findings, in order, each once', () => {
  const text = `route[if] { exit; }
route[a-b] { xlog("x" 3); exit; }
failure_route { exit; }
timer_route[t] { xlog("t"); }
event_route[E, now] { exit }
error_route[x] { exit; }
route[empty] { }
route[c] { { exit; } exit; }
route[d] { exit; break; }
`;
  assert.deepEqual(findings(text), [
    '1:7 reserved-word',
    '2:8 syntax-error',
    '2:23 syntax-error',
    '3:15 syntax-error',
    '4:14 syntax-error',
    '5:16 syntax-error',
    '5:28 missing-semicolon',
    '6:12 syntax-error',
    '7:16 empty-route',
    '8:12 syntax-error',
    '9:18 break-outside-loop',
  ]);
});

const single: readonly (readonly [string, string, readonly string[]])[] = [
  ['a brace that is missing at the end', 'route {\n\tif (1) {\n\t\texit;\n}\n', ['4:2 missing-brace']],
  [
    'a brace that is missing before the next route',
    'route {\n\tif (1) {\n\t\texit;\nroute[b] { exit }\n',
    ['4:1 missing-brace', '4:17 missing-semicolon'],
  ],
  [
    'a brace too many closes a route; what follows is read as statements',
    'route {\n\tif (1) { exit; } }\n\txlog("a");\n\txlog("b" 1);\n}\nroute[b] { exit }\n',
    ['3:2 syntax-error', '4:11 syntax-error', '6:17 missing-semicolon'],
  ],
  ['a lone closing brace', 'log_level=3\n}\nroute { exit; }\n', ['2:1 stray-brace']],
  [
    'a quote that is missing',
    'route {\n\txlog("a);\n\txlog("b");\n\texit\n}\n',
    ['2:7 unterminated-string', '5:1 missing-semicolon'],
  ],
  [
    'a bracket of a variable that is missing',
    'route {\n\t$x = $(ru{s.len};\n\texit\n}\n',
    ['2:7 unterminated-variable', '4:1 missing-semicolon'],
  ],
  [
    'a comment with slashes',
    "log_level=3 // don't\nroute { exit; // bye\n}\n",
    ['1:13 slash-comment', '2:15 slash-comment'],
  ],
  ['text right behind a variable', 'route { $x = $ru{uri.user}; }\n', ['1:17 text-after-variable']],
  ['an else without an if', 'route { else { exit; } exit; }\n', ['1:9 syntax-error']],
  [
    'default before a case',
    'route { switch ($x) { default: exit; case 1: exit; } }\n',
    ['1:38 syntax-error'],
  ],
  ['a switch without a case', 'route { switch ($x) { } exit; }\n', ['1:23 syntax-error']],
  [
    'a condition over two lines',
    'route {\n\tif ($a == 1 &&\n\t\t&& $b) {\n\t\texit\n\t}\n}\n',
    ['3:3 syntax-error', '5:2 missing-semicolon'],
  ],
  [
    'an argument over two lines',
    'route {\n\tf("a",\n\t\tb,\n\t\t"c");\n\texit\n}\n',
    ['3:3 syntax-error', '6:1 missing-semicolon'],
  ],
  ['a file of nothing', '', ['1:1 empty-file']],
  ['a file of comments', '# only this\n', ['2:1 empty-file']],
];

for (const [name, text, expected] of single) {
  test(`one finding for ${name}`, () => assert.deepEqual(findings(text), expected));
}
