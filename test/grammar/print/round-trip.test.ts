import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Config, Node } from '../../../grammar/ast.ts';
import { createParser } from '../../../grammar/parse/parse.ts';
import { print } from '../../../grammar/print/print.ts';
import { childrenOf, walk } from '../../../grammar/walk.ts';
import { stripSpans } from '../parse/strip.ts';
import { acceptedBy, configFor, readIncluded, readProbes } from '../probes/probes.ts';

const parse = createParser();

function readClean(text: string, name: string): Config {
  const { config, diagnostics } = parse(text, { name, read: readIncluded });
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error'),
    [],
    name,
  );
  return config;
}

test('the tree of each accepted probe prints to a text whose tree is equal', () => {
  for (const probe of readProbes()) {
    for (const version of acceptedBy(probe)) {
      const tree = readClean(configFor(probe, version), probe.name);
      const printed = print(tree);
      assert.deepEqual(stripSpans(readClean(printed, probe.name)), stripSpans(tree), probe.name);
    }
  }
});

/** Every kind of node at least once. */
const everything = `
log_level = -1
mpath = "/a/":"/b/"
udp_workers = 0x4 use_auto_scaling_profile P
advertised_address = sip.example.com
db_default_url = "mysql://u:p@h/\\"\\\\\\x07"
mem_warming = yes
auto_scaling_profile = P scale up to 6 on 80% for 4 cycles within 5 scale down to 2 on 20% for 10 cycles
socket = udp:*:5060 as 1.2.3.4:5060 use_workers 4 tag t anycast frag reuse_port
socket = wss:[2001:db8::1]:443, 5060-5062, 0 use_auto_scaling_profile P accept_subdomain tos 16
socket = bond:b{"udp:1.1.1.1:5060", "udp:2.2.2.2:5060"}
socket = udp:1.1.1.1 allow_proxy_protocol send-proxy proxy
alias = example.com udp:a.b:5060 any:"c" accept_subdomain
dst_blacklist = gw/expire, default:{ (tcp, 192.168.2.100, 5060, "x"), !(any, 10.0.0.0/8, 0, ""), 1.2.3.4 }
mem-group = "g": "a" "b"
loadmodule "x.so"
modparam("a|b", "mode", 0666)
modparam("a", "text", "one" "two")
route {
	if ($rU == "a" && !($x =~ '^\\d' or $y)) exit; else if ([ $var(a) + 1 | ~3 ]) { drop(); } else ;
	while ($var(i) < -3) { break; }
	for ($var(x) in $(avp(y)[*])) xlog("L_INFO", "a" "b");
	switch ($rm) { case "INVITE": case 200: return(1, "a", NULL, $x); break; default: return -1; }
	$var(a) := NULL;
}
route["a b"] {
	$(hdr(X)[$var(i)]{s.substr,0,$var(n)}{uri.user}) += (1 + $x == 2) * f("a", , 5, $y);
	route(a, 1, "x", $v, NULL);
	route($var(r));
	async(sleep(1), r, 5);
	launch(f(), r, "p");
	assert($x == 1, "text");
	if ($si == 10.0.0.0/8 || src_ip == ::1 || uri == myself || myself == from_uri || method == INVITE) setflag(NAME);
	force_send_socket(udp:1.2.3.4:5060);
	if ({ exit; }) $(<request>ru) = "x";
	if (if ($a) exit;) append_branch;
	if ($x = 5) error("a", "b");
	if (status =~ "^2" and msg:len >= max_len) log(1, "x");
	$x = $(sdp.line[insert]) + $$ + $T;
	$y = foo;
}
failure_route[f] { ; }
onreply_route { exit; }
timer_route[t, 10] { exit; }
event_route[E_X, async] { exit; }
`;

test('every kind of node prints to a text whose tree is equal', () => {
  const tree = readClean(everything, 'everything');
  const printed = print(tree);
  const again = readClean(printed, 'printed');
  assert.deepEqual(stripSpans(again), stripSpans(tree));
  assert.equal(print(again), printed);
});

/** Other nodes of the same kind. */
const replacements: Readonly<Partial<Record<Node['kind'], string>>> = {
  Number: 'log_level = 4711',
  String: 'log_prefix = "other\\ntext"',
  Variable: 'route { if ($(other(x)[3]{s.len})) exit; }',
  Call: 'route { other("x", 1); }',
  Jump: 'route { return(7); }',
  If: 'route { if ($other) { exit; } else { drop; } }',
  LoadModule: 'loadmodule "other.so"',
  ModParam: 'modparam("other", "p", 1)',
  RouteBlock: 'route[other] { exit; }',
};

function firstOf(kind: Node['kind'], text: string): Node {
  let found: Node | undefined;
  walk(readClean(text, 'replacement'), {
    enter: (node) => {
      if (node.kind === kind) found ??= node;
    },
  });
  assert.ok(found, kind);
  return found;
}

/** A copy of a tree with one node replaced. */
function replace<Tree>(tree: Tree, old: Node, other: Node): Tree {
  if (Object.is(tree, old)) return other as Tree;
  if (Array.isArray(tree)) return tree.map((part) => replace<unknown>(part, old, other)) as Tree;
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [key, replace<unknown>(value, old, other)]),
  ) as Tree;
}

test('replacing one node changes only its span of the printed text', () => {
  const text = print(readClean(everything, 'everything'));
  const tree = readClean(text, 'printed');
  let replaced = 0;
  walk(tree, {
    enter: (node, parent) => {
      const other = replacements[node.kind];
      if (other === undefined || parent?.kind === 'StatementExpression') return;
      const changed = print(replace(tree, node, firstOf(node.kind, other)));
      const before = text.slice(0, node.span.start);
      const after = text.slice(node.span.end);
      assert.ok(changed.startsWith(before), `${node.kind} at ${node.span.start}: what stands before`);
      assert.ok(changed.endsWith(after), `${node.kind} at ${node.span.start}: what stands behind`);
      replaced += 1;
    },
  });
  assert.ok(replaced > 60, `${replaced} nodes replaced`);
});

test('every node lies within its parent, and the text of a leaf is what was written', () => {
  const tree = readClean(everything, 'everything');
  walk(tree, {
    enter: (node, parent) => {
      assert.ok(node.span.start <= node.span.end, node.kind);
      if (parent === undefined) return;
      const inside = parent.span.start <= node.span.start && node.span.end <= parent.span.end;
      assert.ok(inside, `${node.kind} in ${parent.kind}`);
      if (node.kind === 'Name' && !node.quoted) {
        assert.equal(everything.slice(node.span.start, node.span.end), node.text);
      }
    },
  });
  assert.ok(childrenOf(tree).length > 20);
});
