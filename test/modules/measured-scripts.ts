/** Scripts of a module's `measured.json` write and send what OpenSIPS did, but for the rows listed with their reason. */

import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Host } from '../../runtime/index.ts';
import { type CollectedLog, collectLog, hostOf } from '../runtime/host/host-tools.ts';

interface Row {
  readonly rule: string;
  readonly script: string;
  /** What xlog wrote. */
  readonly lines: readonly string[];
  /** The message that went on, without the Via of this host and the headers of the test; where one did. */
  readonly sent?: string;
  /** Headers and body of this row's message; default those of the file. */
  readonly message?: readonly string[];
}

interface Measured {
  readonly about: string;
  readonly version: string;
  /** Where the messages are said to come from; default a socket of the test. */
  readonly source?: { readonly address: string; readonly port: number };
  /** `loadmodule` and `modparam` lines. */
  readonly modules: readonly string[];
  readonly helpers: readonly string[];
  /** The lines of the message behind those that every one has. */
  readonly message: readonly string[];
  readonly rows: readonly Row[];
}

export interface Departure {
  readonly lines?: readonly string[];
  readonly sent?: string | undefined;
  readonly reason: string;
}

/** Registers the tests of a module, of one of the files in its folder. */
export function measuredScripts(
  name: string,
  departures: Readonly<Record<string, Departure>> = {},
  file = 'measured.json',
): void {
  const measured: Measured = JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../test/modules/${name}/${file}`, import.meta.url)), 'utf8'),
  );
  describe(`${name}: ${measured.about}`, () => {
    let peer: Socket;
    let host: Host;
    let log: CollectedLog;
    const sent: string[] = [];

    before(async () => {
      peer = createSocket('udp4');
      peer.on('message', (bytes) => sent.push(bytes.toString('latin1')));
      peer.bind(0, '127.0.0.1');
      await once(peer, 'listening');
      log = collectLog();
      host = await hostOf(configOf(measured), { version: measured.version, log: log.log });
      await host.start();
    });
    after(async () => {
      await host.stop();
      peer.close();
    });

    for (const [index, row] of measured.rows.entries()) {
      test(`${row.rule}: ${row.script}`, { timeout: 60_000 }, async ({ signal }) => {
        sent.length = 0;
        const from = log.lines.length;
        const { port } = peer.address();
        const text = messageOf(measured, row, index, port);
        const { source } = measured;
        if (source) host.inject(text, { remoteAddress: source.address, remotePort: source.port });
        else peer.send(Buffer.from(text, 'latin1'), host.listeners[0]?.port ?? 0, '127.0.0.1');
        const end = `xlog : [end ${index}]`;
        while (!signal.aborted && !log.lines.includes(end))
          await new Promise((resolve) => setTimeout(resolve, 1));
        const wantsSent = row.sent !== undefined || departures[row.rule]?.sent !== undefined;
        if (wantsSent && sent.length === 0) await once(peer, 'message');
        const written = log.lines
          .slice(from)
          .filter((line) => line.startsWith('xlog : ') && line !== end)
          .flatMap((line) => line.slice('xlog : '.length).split('\n'));
        compare(row, departures[row.rule], { lines: written, sent: sent[0] && plain(sent[0]) });
      });
    }
  });
}

interface Outcome {
  readonly lines: readonly string[];
  readonly sent: string | undefined;
}

function compare(row: Row, departure: Departure | undefined, outcome: Outcome): void {
  const measured: Outcome = { lines: row.lines, sent: row.sent };
  if (!departure) {
    assert.deepEqual(outcome, measured);
    return;
  }
  const { reason, ...wanted } = departure;
  assert.notDeepEqual(outcome, measured, 'no departure any more');
  assert.deepEqual(outcome, { ...measured, ...wanted }, reason);
}

function configOf({ modules, helpers, rows }: Measured): string {
  return [
    'socket=udp:127.0.0.1:5060',
    'loadmodule "proto_udp.so"',
    ...modules,
    'route {',
    ...rows.map((_row, index) => `if ($hdr(X-Row) == "${index}") route(row${index});`),
    'xlog("[end $hdr(X-Row)]\\n");',
    '}',
    'route[out] { $du = "sip:127.0.0.1:" + $hdr(X-Port); forward(); }',
    ...helpers,
    ...rows.map(({ script }, index) => `route[row${index}] { ${script} }`),
    '',
  ].join('\n');
}

function messageOf(measured: Measured, row: Row, index: number, port: number): string {
  const lines = [...(row.message ?? measured.message)];
  const [first = ''] = lines;
  return [first, `X-Row: ${index}`, `X-Port: ${port}`, ...lines.slice(1)].join('\r\n');
}

/** Without this host's Via and without the headers that the test has added. */
function plain(message: string): string {
  return message
    .replace(/\r\nVia: [^\r]*/, '')
    .replace(/\r\nX-Row: [^\r]*/, '')
    .replace(/\r\nX-Port: [^\r]*/, '');
}
