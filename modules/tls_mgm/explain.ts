import type { CheckSurroundings, ListenSocket, ToolAnswer } from '../../runtime/module-exports.ts';
import { addressAndPort, addressFilter, spelt } from './address-filter.ts';
import { explainChoice } from './domain-choice.ts';
import type { DomainList, TlsDomain } from './domains.ts';

/** `tsips tls explain LISTENER [SNI]`: which domain a connection gets, and why each other one does not. */
export function explain(
  words: readonly string[],
  list: DomainList,
  { sockets }: CheckSurroundings,
): ToolAnswer {
  const [listener = '', name] = words;
  const at = placeOf(listener, sockets);
  if (!at) {
    const known = sockets.map(
      ({ protocol, address, port }) => `${protocol}:${addressAndPort(address, port)}`,
    );
    return {
      ok: false,
      text: `"${listener}" is neither address:port nor a socket of the config (${known.join(', ')})\n`,
    };
  }
  const verdicts = explainChoice(list.server, { ...at, name });
  const chosen = verdicts.find((verdict) => verdict.chosen);
  const asked = name === undefined ? 'no server name' : `the server name ${name}`;
  const where = addressAndPort(at.address, at.port);
  const result = chosen ? `domain ${chosen.domain.name}` : 'no domain: the connection is refused';
  const lines = verdicts.map(
    ({ domain, reason, chosen: won }) => `  ${won ? '→' : ' '} ${domain.name}${filtersOf(domain)}: ${reason}`,
  );
  return {
    ok: chosen !== undefined,
    text: [`${where} with ${asked}: ${result}`, ...lines].map((line) => `${line}\n`).join(''),
  };
}

function filtersOf({ addresses, forAny, names, isFallback }: TlsDomain): string {
  if (isFallback) return ' (values without a domain)';
  const named = addresses.map(({ address, port }) => addressAndPort(address, port));
  const where = [...named, ...(forAny ? ['*'] : [])].join(', ');
  return ` (address ${where}; name ${names.map(({ text }) => text).join(', ')})`;
}

/** `address:port`, or a socket of the config with its protocol, with or without its port. */
function placeOf(
  text: string,
  sockets: readonly ListenSocket[],
): { address: string; port: number } | undefined {
  const [, protocol, rest = text] = /^([a-z]+):(.+)$/i.exec(text) ?? [];
  const written = protocol === undefined ? text : rest;
  const exact = addressFilter(written);
  if (exact) return exact;
  const bare = spelt(written.replace(/^\[|\]$/g, ''));
  const socket = sockets.find(
    (each) =>
      (protocol === undefined || each.protocol === protocol.toLowerCase()) &&
      (spelt(each.address) === bare || each.host === written),
  );
  return socket && { address: socket.address, port: socket.port };
}
