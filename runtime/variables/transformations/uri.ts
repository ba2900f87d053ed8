import type { ScriptValue } from '../../module-exports.ts';
import { parseUri, type SipUri } from '../../sip/uri.ts';
import type { TransformationEntry } from '../entries.ts';
import { ofFilledText, textArgument } from './entry.ts';
import { paramValue, readParamList } from './param.ts';

function uriPart(description: string, read: (uri: SipUri) => ScriptValue): TransformationEntry {
  return ofFilledText(description, (text) => {
    const uri = parseUri(text);
    return uri?.isKnown ? read(uri) : null;
  });
}

const paramOf = (name: string) => (uri: SipUri) => uri.params.get(name) || null;
const paramsText = (uri: SipUri) => uri.text.slice(uri.paramsStart + 1, uri.headersStart);

export const uriTransformations: Readonly<Record<string, TransformationEntry>> = {
  'uri.user': uriPart('the user', (uri) => uri.user || null),
  'uri.host': uriPart('the host', (uri) => uri.host || null),
  'uri.domain': uriPart('the host', (uri) => uri.host || null),
  'uri.passwd': uriPart('the password', (uri) => uri.password || null),
  'uri.port': uriPart('the port', (uri) => uri.port || null),
  'uri.params': uriPart('all parameters', (uri) => paramsText(uri) || null),
  'uri.param': ofFilledText(
    'a parameter by name',
    (text, args) => {
      const uri = parseUri(text);
      return uri?.isKnown ? paramValue(readParamList(paramsText(uri)), textArgument(args, 0) ?? '') : null;
    },
    { args: ['string'] },
  ),
  'uri.headers': uriPart('all headers', (uri) => uri.text.slice(uri.headersStart + 1) || null),
  'uri.transport': uriPart('the parameter transport', paramOf('transport')),
  'uri.ttl': uriPart('the parameter ttl', paramOf('ttl')),
  'uri.uparam': uriPart('the parameter user', paramOf('user')),
  'uri.maddr': uriPart('the parameter maddr', paramOf('maddr')),
  'uri.method': uriPart('the parameter method', paramOf('method')),
  'uri.lr': uriPart('the parameter lr', paramOf('lr')),
  'uri.r2': uriPart('the parameter r2', paramOf('r2')),
  'uri.schema': uriPart('the scheme', (uri) => uri.text.slice(0, uri.scheme.length)),
};
