import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../../runtime/host/host-tools.ts';
import { UdpClient } from '../proto_udp/udp-client.ts';
import { deviations } from './deviations.ts';

/** What OpenSIPS 3.6.8 answered, message by message; each case has an AoR of its own. */
interface Step {
  readonly lookup?: true;
  readonly contacts?: readonly string[];
  readonly headers?: readonly string[];
  readonly to?: string;
  readonly ruri?: string;
  readonly call?: string;
  readonly cseq?: number;
  readonly silent?: true;
  readonly answer: { readonly status?: string; readonly rc?: number; readonly lines: readonly string[] };
}

interface Group {
  readonly params: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly user: string;
    readonly steps: readonly Step[];
  }[];
}

const file = new URL('../../../../test/modules/registrar/measured.json', import.meta.url);
const groups = JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as readonly Group[];

const configWith = (params: readonly string[]) => `
log_level=2
socket=udp:127.0.0.1:5060
loadmodule "proto_udp.so"
loadmodule "sl.so"
loadmodule "signaling.so"
loadmodule "sipmsgops.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
${params.join('\n')}
route {
	if (is_method("REGISTER")) {
		if ($hdr(X-Received) != NULL) $avp(rcv) = $hdr(X-Received);
		if ($hdr(X-Aor) != NULL)
			save("location", $hdr(X-Flags), $hdr(X-Aor));
		else if ($hdr(X-Flags) != NULL)
			save("location", $hdr(X-Flags));
		else
			save("location");
		xlog("L_ALERT", "rc $hdr(X-Id) $rc\\n");
		exit;
	}
	if ($hdr(X-Flags) != NULL)
		lookup("location", $hdr(X-Flags));
	else
		lookup("location");
	$var(rc) = $rc;
	append_to_reply("X-Rc: $var(rc)\\r\\nX-Ru: $ru\\r\\nX-Du: $du\\r\\nX-Q: $ru_q\\r\\nX-B0: $(branch(uri)[0])\\r\\nX-B1: $(branch(uri)[1])\\r\\nX-D0: $(branch(duri)[0])\\r\\n");
	sl_send_reply(200, "OK");
}
`;

const kept =
  /^(Contact|P-Registrar-Error|Retry-After|Path|Unsupported|Min-Expires|Require|Supported|X-(Rc|Ru|Du|Q|B0|B1|D0)):/i;

let messages = 0;

function textOf(step: Step, user: string, id: number): string {
  const method = step.lookup ? 'OPTIONS' : 'REGISTER';
  const to = step.to ?? `<sip:${user}@example.com>`;
  const callId =
    step.call === undefined ? `call-${id}` : step.call.length > 50 ? step.call : `${step.call}${user}`;
  return [
    `${method} ${step.lookup ? (step.ruri ?? `sip:${user}@example.com`) : 'sip:example.com'} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:15991;rport;branch=z9hG4bK${id}`,
    'Max-Forwards: 70',
    `From: ${to};tag=f${id}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: ${step.cseq ?? 1} ${method}`,
    ...(step.contacts ?? []).map((contact) => `Contact: ${contact}`),
    ...(step.headers ?? []),
    `X-Id: ${id}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

/** A second may go by between a registration and the next answer, in either host. */
function withoutSeconds(line: string): string {
  return line.replace(
    /expires=(\d+)/g,
    (_whole, value: string) => `expires=${Math.round(Number(value) / 10)}0`,
  );
}

/** The place of the host, and the time that a temporary GRUU holds, differ between any two runs. */
function withoutPlace(line: string): string {
  return line.replace(/127\.0\.0\.1:\d+/g, 'HOST').replace(/tgruu\.[\w+/=]+/, 'tgruu.X');
}

for (const { params, cases } of groups) {
  describe(`REGISTER and lookup() as measured${params.length > 0 ? `, with ${params.length} parameters` : ''}`, () => {
    let host: Host;
    let client: UdpClient;
    let collected: CollectedLog;

    before(async () => {
      collected = collectLog();
      host = await hostOf(configWith(params), { log: collected.log });
      await host.start();
      client = await UdpClient.open();
    });
    after(async () => {
      client.close();
      await host.stop();
    });

    async function answerTo(step: Step, user: string): Promise<Step['answer']> {
      const id = ++messages;
      const port = host.listeners[0]?.port ?? 0;
      await client.send(textOf(step, user, id), port);
      const [status = '', ...lines] = step.silent ? [] : (await client.receive()).split('\r\n');
      const rc = await returnCode(step, id);
      return {
        ...(step.silent ? {} : { status: status.slice(8) }),
        ...(rc === undefined ? {} : { rc }),
        lines: lines.filter((line) => kept.test(line)),
      };
    }

    /** The script logs it behind the answer. */
    async function returnCode(step: Step, id: number): Promise<number | undefined> {
      if (step.lookup) return undefined;
      for (let turn = 0; turn < 1000; turn++) {
        const line = collected.lines.findLast((each) => each.includes(`rc ${id} `));
        if (line) return Number(line.split(' ').at(-1));
        await new Promise(setImmediate);
      }
      return undefined;
    }

    for (const { name, user, steps } of cases) {
      test(name, async () => {
        for (const [at, step] of steps.entries()) {
          const expected = deviations[name]?.answers[at] ?? step.answer;
          const actual = await answerTo(step, user);
          const lines = (answer: Step['answer']) => answer.lines.map(withoutSeconds).map(withoutPlace).sort();
          assert.deepEqual({ ...actual, lines: lines(actual) }, { ...expected, lines: lines(expected) });
        }
      });
    }
  });
}

test('each deviation is one: what it expects is not what was measured', () => {
  const measured = new Map(
    groups.flatMap(({ cases }) => cases.map((each) => [each.name, each.steps] as const)),
  );
  for (const [name, { answers }] of Object.entries(deviations)) {
    const steps = measured.get(name) ?? [];
    assert.ok(
      Object.entries(answers).some(
        ([at, answer]) => JSON.stringify(answer) !== JSON.stringify(steps[Number(at)]?.answer),
      ),
      name,
    );
  }
});
