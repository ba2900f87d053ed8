import type { ScriptValue } from '../../module-exports.ts';
import { type ParsedVia, parseVia } from '../../sip/via.ts';
import type { TransformationEntry } from '../entries.ts';
import { ofText, textArgument } from './entry.ts';

function viaPart(description: string, read: (via: ParsedVia) => ScriptValue): TransformationEntry {
  return ofText(description, (text) => {
    const via = parseVia(text);
    return via ? read(via) : null;
  });
}

const paramOf = (name: string) => (via: ParsedVia) => via.params.get(name) || null;
const host = viaPart('the host of sent-by', (via) => via.host || null);

/** Protocol name and version stand in front of the transport: `SIP/2.0/WS`. */
const sentProtocol = /^\s*([^\s/]+)\s*\/\s*([^\s/]+)\s*\//;

export const viaTransformations: Readonly<Record<string, TransformationEntry>> = {
  'via.name': ofText('the name of the protocol', (text) => sentProtocol.exec(text)?.[1] ?? null),
  'via.version': ofText('the version of the protocol', (text) => sentProtocol.exec(text)?.[2] ?? null),
  'via.transport': viaPart('the transport', (via) => via.protocol || null),
  'via.host': host,
  'via.domain': host,
  'via.port': viaPart('the port of sent-by', (via) => via.port || null),
  'via.params': viaPart('all parameters', (via) => {
    const params = via.text.slice(via.sentByEnd, via.end).trim();
    return params.replace(/^;\s*/, '') || null;
  }),
  'via.param': ofText(
    'a parameter by name',
    (text, args) => parseVia(text)?.params.get((textArgument(args, 0) ?? '').toLowerCase()) ?? null,
    { args: ['string'] },
  ),
  'via.comment': ofText('the comment at the end', (text) => /\(([^()]*)\)\s*$/.exec(text)?.[1] || null),
  'via.branch': viaPart('the parameter branch', (via) => via.branch || null),
  'via.received': viaPart('the parameter received', paramOf('received')),
  'via.rport': viaPart('the parameter rport', paramOf('rport')),
};
