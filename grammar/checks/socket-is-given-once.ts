import type { SocketDefinition, Span } from '../ast.ts';
import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { findProtocol } from './facts/protocols.ts';

/** No socket is given twice. OpenSIPS opens it once and says nothing. */
export const socketIsGivenOnce: Check = (context) => {
  const first = new Map<string, Span>();
  const findings: Diagnostic[] = [];
  for (const item of context.config.items) {
    if (item.kind !== 'SocketDefinition') continue;
    const keys = keysOf(item, context);
    const again = keys.find((key) => first.has(key));
    if (again !== undefined) findings.push(twice(item, again, first.get(again)));
    for (const key of keys) if (!first.has(key)) first.set(key, item.span);
  }
  return findings;
};

function twice(socket: SocketDefinition, name: string, first: Span | undefined): Diagnostic {
  return diagnostic('duplicate-socket', socket.span, `${name} is given twice`, {
    ...(first && { notes: [{ message: 'given here first', span: first }] }),
  });
}

/** Ranges may be long; the ports beyond this are left uncompared. */
const mostPorts = 1024;

/** `ws:127.0.0.1:8080` for each port of a line, the protocol's default one where none is written. */
function keysOf(socket: SocketDefinition, { environment, modules, params }: CheckContext): readonly string[] {
  const protocol = socket.protocol.text.toLowerCase();
  const host = socket.host.text.toLowerCase();
  const name = socket.host.form === 'ipv6' ? `[${host}]` : host;
  if (socket.ports.length > 0) {
    return socket.ports.flatMap(({ from, to }) =>
      Array.from({ length: Math.min(Math.max(to - from + 1, 0), mostPorts) }, (_, index) => from + index).map(
        (port) => `${protocol}:${name}:${port}`,
      ),
    );
  }
  const answer = findProtocol(protocol, environment, modules);
  if (answer.state !== 'ours') {
    return [`${protocol}:${name}:${environment.catalogue.protocol(protocol).at(-1)?.port ?? 'default'}`];
  }
  const given = params.byModule
    .get(answer.module)
    ?.findLast((param) => param.name === answer.facts.portParam);
  return [`${protocol}:${name}:${given?.value ?? answer.facts.defaultPort}`];
}
