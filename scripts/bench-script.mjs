// Times one run of a fixed route over a request of 600 bytes beside the parse of the same request, in CPU time.
// Usage: npm run build && node scripts/bench-script.mjs [rounds]; it ends with 1 where a run costs three parses or more
import { createHost } from '../build/runtime/index.js';
import { parseMessage } from '../build/runtime/sip/message.js';

const rounds = Number(process.argv[2] ?? 21);
const runsOfRound = 5000;
const allowedRatio = 3;

const request = padded(
  [
    'INVITE sip:bob@biloxi.example.com SIP/2.0',
    'Via: SIP/2.0/WS client.atlanta.example.com:5060;branch=z9hG4bK74bf9;rport',
    'Max-Forwards: 70',
    'From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl',
    'To: Bob <sip:bob@biloxi.example.com>',
    'Call-ID: 3848276298220188511@atlanta.example.com',
    'CSeq: 1 INVITE',
    'Contact: <sip:alice@client.atlanta.example.com;transport=ws>;expires=600',
    'User-Agent: Linphone/4.2.5 (belle-sip/4.2.0)',
    'Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY',
    'Supported: replaces, outbound',
    'X-Account: 4711',
    'Content-Length: 0',
    '',
    '',
  ],
  600,
);

const conditions = [
  'if (is_method("REGISTER")) exit;',
  'if (is_method("OPTIONS|SUBSCRIBE")) exit;',
  'if (has_totag()) exit;',
  'if (!is_method("INVITE")) exit;',
  'if (is_method("BYE")) exit;',
  'if (is_method("CANCEL|ACK")) exit;',
  'if (is_method("MESSAGE")) exit;',
  'if (has_totag()) exit;',
  'if (is_method("PUBLISH")) exit;',
  'if (is_method("REFER")) exit;',
];

const headers = [
  ...['User-Agent', 'Contact', 'Allow', 'Supported', 'X-Account'],
  ...['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards'],
];

/** Texts of variables and words; OpenSIPS fills in the variables of a text in arguments, not in an assignment. */
const texts = [
  '"call " + $ci + " from " + $fU + " to " + $rU',
  '$fU + "@" + $fd + ";tag=" + $ft',
  '"sip:" + $rU + "@" + $rd',
  '$rm + " " + $ru',
  '"agent=" + $ua',
  '$var(h0) + "/" + $var(h4)',
  '"from " + $si + ":" + $sp',
  '$tU + " at " + $td',
  '"cseq " + $cs',
  '"account-" + $var(h4) + "-" + $fU',
];

const patterns = [
  '$var(h0) =~ "^(Linphone|Zoiper)/[0-9.]+"',
  '$rU =~ "^[a-z]+$"',
  '$var(h4) =~ "^47[0-9]{2}$"',
  '$fu =~ "@atlanta\\.example\\.com"',
  '$var(h1) =~ "transport=(ws|wss)"',
];

const five = [0, 1, 2, 3, 4];

const route = (end) => `route {
  ${conditions.join('\n  ')}
  ${headers.map((name, place) => `$var(h${place}) = $hdr(${name});`).join('\n  ')}
  ${texts.map((text, place) => `$var(t${place}) = ${text};`).join('\n  ')}
  ${patterns.map((pattern) => `if (!(${pattern})) exit;`).join('\n  ')}
  ${five.map((place) => `route(r${place});`).join('\n  ')}
  ${five.map((place) => `append_hf("X-Step-${place}: $var(t${place})\\r\\n");`).join('\n  ')}
  switch ($rU) {
    ${['carol', 'dave', 'eve', 'frank'].map((user) => `case "${user}": exit; break;`).join('\n    ')}
    case "bob": $var(done) = 1; break;
  }
  ${end}
}
${five.map((place) => `route[r${place}] { $var(r${place}) = ${place}; }`).join('\n')}
`;

const parse = await median(() => parseMessage(request));
const bare = await perMessage('route { return(1); }');
const whole = await perMessage(route(''));
if ((await answersOf(route('sl_send_reply(200, "OK");'))).length !== 1)
  throw new Error('the route ends too early');

const run = whole - bare;
const ratio = run / parse;

console.log(
  `request of ${request.length} bytes, median of ${rounds} rounds of ${runsOfRound}, Node ${process.version}`,
);
console.log(`parse            ${parse.toFixed(2)} µs`);
console.log(`message, no work ${bare.toFixed(2)} µs`);
console.log(`message, route   ${whole.toFixed(2)} µs`);
console.log(
  `run              ${run.toFixed(2)} µs = ${ratio.toFixed(2)} parses (allowed: below ${allowedRatio})`,
);
process.exitCode = ratio < allowedRatio ? 0 : 1;

/** What one message costs from its text to the end of its route. */
function perMessage(script) {
  return withHost(script, (host) => median(() => host.inject(request)));
}

function answersOf(script) {
  return withHost(script, (host) => host.inject(request));
}

async function withHost(script, use) {
  const host = await createHost({
    config: `socket=ws:127.0.0.1:8080
      stderror_enabled=no
      mpath="build/modules"
      loadmodule "proto_ws.so"
      loadmodule "sl.so"
      loadmodule "sipmsgops.so"
      ${script}`,
    listenOn: () => '127.0.0.1:0',
  });
  await host.start();
  try {
    return await use(host);
  } finally {
    await host.stop();
  }
}

/** Microseconds of CPU time that one call costs. */
async function median(call) {
  const costs = [];
  for (let round = 0; round < rounds + 3; round++) {
    const before = process.cpuUsage();
    for (let left = runsOfRound; left > 0; left--) call();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / runsOfRound);
    await new Promise(setImmediate);
  }
  // The first rounds are those in which the engine still compiles.
  const kept = costs.slice(3).sort((a, b) => a - b);
  return kept[Math.floor(kept.length / 2)];
}

function padded(lines, length) {
  const missing = length - lines.join('\r\n').length;
  const [first, second, ...rest] = lines;
  const padding = `Subject: ${'x'.repeat(Math.max(0, missing - 'Subject: \r\n'.length))}`;
  return (missing > 0 ? [first, second, padding, ...rest] : lines).join('\r\n');
}
