import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expression } from '../../../grammar/ast.ts';
import { createParser } from '../../../grammar/parse/parse.ts';
import { print } from '../../../grammar/print/print.ts';
import { type SyntaxFeature, syntaxFeatures } from '../../../grammar/versions/syntax-facts.ts';

const parse = createParser();

function readClean(text: string) {
  const parsed = parse(text, { name: 'x.cfg' });
  assert.deepEqual(parsed.diagnostics, [], text);
  return parsed;
}

/** Forms of some versions only, with a text that shows each. */
const forms: Readonly<Record<SyntaxFeature, string>> = {
  'listen keyword': 'listen=udp:a',
  'socket keyword': 'socket=udp:a',
  'socket on all addresses': 'socket=udp:*',
  'socket port range': 'socket=udp:a:5060-5070',
  'socket port any': 'listen=udp:a:any',
  'socket options in any order': 'socket=udp:a anycast as b',
  'socket bond': 'socket=bond:a{"udp:b:1"}',
  'socket option use_children': 'listen=udp:a use_children 2',
  'socket option use_workers': 'socket=udp:a USE_WORKERS 2',
  'socket option use_auto_scaling_profile': 'socket=udp:a use_auto_scaling_profile P',
  'socket option tag': 'socket=udp:a tag t',
  'socket option anycast': 'listen=udp:a anycast',
  'socket option frag': 'socket=udp:a frag',
  'socket option reuse_port': 'socket=udp:a reuse_port',
  'socket option accept_subdomain': 'socket=udp:a accept_subdomain',
  'socket option tos': 'socket=udp:a tos 16',
  'socket option proxy protocol': 'socket=tcp:a allow-proxy-protocol',
  'alias accept_subdomain': 'alias=udp:a accept_subdomain',
  'workers with auto scaling profile': 'udp_workers=4 use_auto_scaling_profile P',
  'auto scaling profile': 'auto_scaling_profile=P scale up to 6 on 80% for 4 cycles',
  'blacklist flags': 'dst_blacklist=gw/expire:{(tcp,1.2.3.4,5060,"")}',
  'blacklist without rules': 'dst_blacklist=gw/expire',
  'blacklist rule in short form': 'dst_blacklist=gw:{1.2.3.4}',
  'mem-group': 'mem-group="a":"b"',
  'mpath list': 'mpath="/a":"/b"',
  'modparam value of several strings': 'modparam("a","b","c" "d")',
  'event_route sync or async': 'event_route[E_X, sync] { exit; }',
  'if without parentheses': 'route { if $rU == "a" exit; }',
  'while without parentheses': 'route { while $x == 1 { drop; } }',
  'break outside a case': 'route { while (1) { break; } }',
  esac: 'route { switch ($x) { case 1: exit; esac; } }',
  'bare operand': 'route { if (method == "INVITE") exit; }',
  'bare word as value': 'route { if ($rm == INVITE) exit; }',
  'comparison with an address': 'route { if ($si == 10.0.0.0/8) exit; }',
  'number as function argument': 'route { f(1); }',
  'variable as function argument': 'route { f($x); }',
  'flag name without quotes': 'route { setflag(NAME); }',
  'flag name in quotes': 'route { setflag("NAME"); }',
  'address as function argument': 'route { force_send_socket(udp:1.2.3.4:5060); }',
  'function without parentheses': 'route { append_branch; }',
  'route name from a variable': 'route { route($x); }',
  'negative route argument': 'route { route(a, -1); }',
  'return value without parentheses': 'route { return -1; }',
  'return with several values': 'route { return(1, "a"); }',
  'assert without text': 'route { assert($x == 1); }',
  'async timeout': 'route { async(f(), r, 5); }',
  launch: 'route { launch(f()); }',
  'launch parameter': 'route { launch(f(), r, "p"); }',
  'missing import file': '',
  'missing include file in a comment': '',
  'include in the middle of a line': '',
  'text after an include': '',
  'last line a comment without line end': 'log_level=3 # end',
};

for (const [feature, text] of Object.entries(forms)) {
  if (text === '') continue;
  test(`the form "${feature}" is taken and remarked`, () => {
    const { facts } = readClean(text);
    const found = facts.find((fact) => fact.feature === feature);
    assert.ok(found, facts.map((fact) => fact.feature).join(', '));
    assert.deepEqual(
      { since: undefined, until: undefined, ...found },
      {
        since: undefined,
        until: undefined,
        ...syntaxFeatures[found.feature],
        feature,
        span: found.span,
      },
    );
  });
}

test('forms of every version leave no remark', () => {
  const text = `log_level=3
alias=udp:a.b:5060
modparam("a","b",-1)
route { if ($rU == "a" || !f("x")) { xlog("L_INFO", "a" "b"); route(r, "x", 1); } else exit; return(1); }
route[r] { switch ($rm) { case "A": drop(); break; default: $x = 1 + 2; } }
timer_route[t, 10] { setflag(1); }
`;
  assert.deepEqual(readClean(text).facts, []);
});

/** Keywords are keywords only where OpenSIPS takes them so. */
const names = [
  'socket=udp:"log.example.com":5060 as "route.if.example.com"',
  'socket=udp:tag.fork.example.com as as.example.com',
  'socket=udp:my-host.example.com',
  'advertised_address="log-default.exit.com"',
  'route[relay] { exit; }',
  'route[method] { route(uri); }\nroute[uri] { exit; }',
  'route[socket] { exit; }',
  'route[as] { exit; }',
  'route[tag] { frag(); anycast("x"); }',
  'log_facility=LOG_LOCAL0',
  'socket=udp:a tag anycast',
];

for (const text of names) {
  test(`words stand for names in ${JSON.stringify(text)}`, () => {
    readClean(text);
  });
}

for (const word of ['if', 'route', 'exit', 'dns', 'mpath', 'log', 'default', 'null', 'and']) {
  test(`the reserved word ${word} cannot name a route`, () => {
    const { diagnostics } = parse(`route[${word}] { exit; }`, { name: 'x' });
    assert.deepEqual(
      diagnostics.map(({ code, span }) => [code, span.start]),
      [['reserved-word', 6]],
    );
  });
}

/** cfg.y: listen_id; a host between quotes may have any label. */
const hostsOfKeywords: readonly (readonly [text: string, keyword: string])[] = [
  ['socket=udp:sip.example.in:5060', 'in'],
  ['socket=udp:a as log.example.com', 'log'],
  ['socket=udp:yes:5060', 'yes'],
  ['alias=udp:sip-route.example.com', 'route'],
  ['advertised_address=sip.alias.com', 'alias'],
];

for (const [text, keyword] of hostsOfKeywords) {
  test(`a keyword is no part of a host name: ${text}`, () => {
    const { diagnostics } = parse(text, { name: 'x' });
    assert.deepEqual(
      diagnostics.map(({ code, span }) => [code, text.slice(span.start, span.end)]),
      [['reserved-word', keyword]],
    );
  });
}

/** cfg.y: %left OR AND; %left BOR BAND BXOR BLSHIFT BRSHIFT; %left PLUS MINUS SLASH MULT MODULO; %right NOT BNOT. */
const precedence: readonly (readonly [string, string])[] = [
  ['$a or $b and $c', '(($a || $b) && $c)'],
  ['$a and $b or $c', '(($a && $b) || $c)'],
  ['not $a and $b', '((!$a) && $b)'],
  ['! $a == 1 || $b', '((!($a == 1)) || $b)'],
  ['[ 1 + 2 * 3 ]', '[((1 + 2) * 3)]'],
  ['[ 1 | 2 + 3 ]', '[(1 | (2 + 3))]'],
  ['[ 1 & 2 | 3 << 4 ]', '[(((1 & 2) | 3) << 4)]'],
  ['[ ~1 + 2 ]', '[((~1) + 2)]'],
  ['[ $a == 1 + 2 ]', '[(($a == 1) + 2)]'],
  ['$x = 1 + 2 && $y', '(($x = (1 + 2)) && $y)'],
  ['[ 1 - -2 ]', '[(1 - -2)]'],
];

/** An expression with all its brackets. */
function bracketed(node: Expression): string {
  switch (node.kind) {
    case 'Logical':
      return `(${bracketed(node.left)} ${node.operator === 'and' ? '&&' : '||'} ${bracketed(node.right)})`;
    case 'Arithmetic':
    case 'Comparison':
      return `(${bracketed(node.left)} ${node.operator} ${bracketed(node.right)})`;
    case 'Not':
      return `(!${bracketed(node.operand)})`;
    case 'BitNot':
      return `(~${bracketed(node.operand)})`;
    case 'Evaluation':
      return `[${bracketed(node.value)}]`;
    case 'StatementExpression': {
      const { statement } = node;
      return statement.kind === 'Assignment'
        ? `(${print(statement.target)} ${statement.operator} ${bracketed(statement.value)})`
        : print(statement);
    }
    default:
      return print(node);
  }
}

for (const [written, expected] of precedence) {
  test(`${written} is read as ${expected}`, () => {
    const [route] = readClean(`route { if (${written}) exit; }`).config.items;
    const statement = route?.kind === 'RouteBlock' ? route.body.statements[0] : undefined;
    assert.ok(statement?.kind === 'If');
    assert.equal(bracketed(statement.test), expected);
  });
}

/** What no version accepts. */
const refused = [
  'route { if ($x =~ 5) exit; }',
  'route { if ($x > NULL) exit; }',
  'route { if ($x < 1.2.3.4) exit; }',
  'route { if ($x + 1) exit; }',
  'route { if ("a") exit; }',
  'route { $x += NULL; }',
  'route { $x = $y = 1; }',
  'route { f(name); }',
  'route { f("a" "b"); }',
  'route { xlog($x); }',
  'route { xlog(1, "a"); }',
  'route { log("a", 1); }',
  'route { error("a"); }',
  'route { return("a"); }',
  'route { async("f", r); }',
  'route { route(); }',
  'route { for ($x in "a") exit; }',
  'route { switch ("a") { case 1: exit; } }',
  'route { switch ($x) { exit; } }',
  'route[a.b] { exit; }',
  'timer_route[t, "10"] { exit; }',
  'socket=udp:a:5060 tag "x"',
  'socket=udp:a As b',
  'socket=a:5060',
  'alias=a:5060',
  'modparam("a","b",$x)',
  'modparam("a",1,2)',
  'loadmodule x.so',
  'dst_blacklist=gw:{(tcp)}',
  'dst_blacklist=gw/never:{1.2.3.4}',
  'mem-group="a"',
];

for (const text of refused) {
  test(`no version takes ${text}`, () => {
    const { diagnostics } = parse(text, { name: 'x' });
    assert.equal(diagnostics.filter(({ severity }) => severity === 'error').length, 1);
  });
}
