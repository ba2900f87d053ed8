import { createHost } from '../runtime/index.ts';
import { buildReply } from '../runtime/sip/build-reply.ts';
import { parseMessage } from '../runtime/sip/message.ts';
import { printMessage } from '../runtime/sip/print-message.ts';
import { messageParts, numbered } from './messages.ts';
import { freePort } from './programs.ts';
import { median } from './table.ts';

/** What one step of a message costs, without sockets: microseconds of processor time. */
export interface MicroRow {
  readonly name: string;
  readonly microseconds: number;
}

const calls = 20_000;

/** Runs each step often enough to be compiled, then in rounds. */
export async function measureMicro(rounds: number): Promise<readonly MicroRow[]> {
  const texts = requests();
  const text = (at: number) => texts[at % texts.length] ?? '';
  const messages = texts.map((each) => parseMessage(each));
  const message = (at: number) => messages[at % messages.length] ?? parseMessage(text(0));
  const fields = ['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'User-Agent', 'Max-Forwards'];
  const route = await routeOf(fiftyStatements);
  const format = await routeOf(sixVariables);
  const steps: readonly (readonly [name: string, step: (at: number) => unknown])[] = [
    ['read and index a request of 400 bytes', (at) => parseMessage(text(at))],
    ['eight header fields of it', (at) => fields.map((name) => message(at).header(name))],
    ['build a reply', (at) => buildReply(message(at), 200, 'OK', { toTag: 'bench' })],
    ['edit and print', (at) => printEdited(text(at))],
    ['a route of 50 statements, with its request', (at) => route.inject(text(at))],
    ['a text with six variables, with its request', (at) => format.inject(text(at))],
  ];
  const rows = steps.map(([name, step]) => ({ name, microseconds: cost(step, rounds) }));
  await Promise.all([route.stop(), format.stop()]);
  return rows;
}

function cost(step: (at: number) => unknown, rounds: number): number {
  for (let at = 0; at < calls; at++) step(at);
  const figures = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    for (let at = 0; at < calls; at++) step(at);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / calls;
  });
  return median(figures);
}

/** As they come from a socket: one flat string each. */
function requests(): string[] {
  const parts = messageParts({ method: 'OPTIONS', user: 'user0', protocol: 'ws', bytes: 400 });
  return Array.from({ length: 64 }, (_unused, at) =>
    Buffer.from(numbered(parts, at), 'latin1').toString('latin1'),
  );
}

function printEdited(text: string): string {
  const message = parseMessage(text);
  message.edits.append('X-Bench: yes\r\n');
  message.requestUri = 'sip:other@192.0.2.1';
  return printMessage(message);
}

const fiftyStatements = Array.from(
  { length: 25 },
  (_unused, at) => `$var(n) = ${at};\n\tif ($rU == "user${at}") $var(m) = $var(n) + 1;`,
).join('\n\t');

const sixVariables =
  '$var(text) = $rm + " from " + $fu + " to " + $ru + " by " + $si + ":" + $sp + ", " + $ci;';

async function routeOf(statements: string) {
  const host = await createHost({
    config: `log_level=1
stderror_enabled=no
socket=ws:127.0.0.1:${await freePort()}
loadmodule "proto_ws.so"
loadmodule "sl.so"
route {
	${statements}
}
`,
  });
  await host.start();
  return host;
}
