import type { ScriptValue } from '../../module-exports.ts';
import { type ParsedNameAddress, parseNameAddress } from '../../sip/name-address.ts';
import { splitValues } from '../../sip/split-values.ts';
import type { TransformationEntry } from '../entries.ts';
import { ofFilledText } from './entry.ts';

type Read = (address: ParsedNameAddress, text: string) => ScriptValue;

/**
 * Of several addresses between commas the one asked for, the first without an index. The index stands in front of
 * the operation (`{nameaddr.1.uri}`) and comes as a number in front of the other arguments.
 */
function readAddress(text: string, args: readonly ScriptValue[], read: Read): ScriptValue {
  const [index] = args;
  const one = splitValues(text).at(typeof index === 'number' ? index : 0);
  const address = one === undefined ? undefined : parseNameAddress(one);
  return address && one !== undefined ? read(address, one) : null;
}

function addressPart(description: string, read: Read): TransformationEntry {
  return ofFilledText(description, (text, args) => readAddress(text, args, read));
}

export const nameAddressTransformations: Readonly<Record<string, TransformationEntry>> = {
  'nameaddr.name': addressPart('the display name', (address) => address.displayNameAsWritten || null),
  'nameaddr.uri': addressPart('the URI', (address) => address.uri || null),
  'nameaddr.len': addressPart('the length of name and address', bodyLength),
  'nameaddr.params': addressPart('all parameters', (address, text) => {
    const params = text.slice(address.paramsStart).trim();
    return params.replace(/^;\s*/, '') || null;
  }),
  'nameaddr.param': ofFilledText(
    'a parameter by name',
    (text, args) => {
      const name = String(args.at(-1) ?? '').toLowerCase();
      return readAddress(text, args, (address) => address.params.get(name) || null);
    },
    { args: ['string'] },
  ),
};

function bodyLength(address: ParsedNameAddress): number {
  return address.paramsStart - address.displayStart;
}
