import type { ScriptRun, ScriptValue } from '../module-exports.ts';
import { type ParsedNameAddress, parseNameAddress } from '../sip/name-address.ts';
import { reading, type VariableEntry } from './entries.ts';
import { hostOf, partOf, userOf } from './uri-variables.ts';

/** The first address of a header. */
function addressIn(run: ScriptRun, header: string): ParsedNameAddress | undefined {
  const value = run.message.headerValues(header)[0];
  return value === undefined ? undefined : parseNameAddress(value);
}

function addressPart(
  description: string,
  header: string,
  read: (address: ParsedNameAddress) => ScriptValue,
): VariableEntry {
  return reading(`${description} of ${header}`, (run) => {
    const address = addressIn(run, header);
    return address ? read(address) : null;
  });
}

const uri = (address: ParsedNameAddress): ScriptValue => address.uri;

/** Headers that hold an identity or another address. */
export const identityVariables: Readonly<Record<string, VariableEntry>> = {
  ai: addressPart('the URI', 'P-Asserted-Identity', uri),
  re: addressPart('the URI', 'Remote-Party-ID', uri),
  rt: addressPart('the URI', 'Refer-To', uri),
  pu: addressPart('the URI', 'P-Preferred-Identity', uri),
  pU: addressPart('the user', 'P-Preferred-Identity', (address) => partOf(address.uri, userOf)),
  pd: addressPart('the host', 'P-Preferred-Identity', (address) => partOf(address.uri, hostOf)),
  pn: addressPart(
    'the display name',
    'P-Preferred-Identity',
    (address) => address.displayNameAsWritten || null,
  ),
  di: addressPart('the URI', 'Diversion', uri),
  dir: addressPart('the parameter reason', 'Diversion', (address) => address.params.get('reason') || null),
  dip: addressPart('the parameter privacy', 'Diversion', (address) => address.params.get('privacy') || null),
};
