import type { FoundCredentials, ScriptRun, ScriptValue } from '../module-exports.ts';
import { readDigest } from '../sip/digest.ts';
import { foundCredentials } from '../sip/found-credentials.ts';
import { parseUri } from '../sip/uri.ts';
import { dated, reading, type VariableEntry } from './entries.ts';

/** Proxy-Authorization before Authorization; ACK and CANCEL have none that counts (C: pv_get_authattr). */
function credential(run: ScriptRun, field: string): ScriptValue {
  const { message } = run;
  if (message.method === 'ACK' || message.method === 'CANCEL') return null;
  return (
    readDigest(message.header('Proxy-Authorization') ?? message.header('Authorization')).get(field) || null
  );
}

/** `sip:user@host` or `user@host` as user name: the part in front of the `@`, and the one behind it. */
function userPart(run: ScriptRun, which: 'user' | 'domain'): ScriptValue {
  const whole = credential(run, 'username');
  if (typeof whole !== 'string') return null;
  const at = whole.indexOf('@');
  if (which === 'user') return at < 0 ? whole : whole.slice(0, at).replace(/^sips?:/i, '') || null;
  return at < 0 ? null : whole.slice(at + 1) || null;
}

/**
 * User and realm of credentials that were accepted, Proxy-Authorization first; else user and host of From.
 * Deviation: OpenSIPS also takes credentials whose password turned out to be wrong, so that a line of accounting tells
 * a name that nobody has proved.
 */
function accountUser(run: ScriptRun): ScriptValue {
  const found = acceptedIn(run, 'Proxy-Authorization') ?? acceptedIn(run, 'Authorization');
  if (found) {
    const [user = '', domain] = (found.get('username') ?? '').split('@', 2);
    return `${user}@${domain || found.get('realm')}`;
  }
  const from = parseUri(run.message.from?.uri ?? '');
  return from ? `${from.user}@${from.host}` : null;
}

function acceptedIn(
  run: ScriptRun,
  header: FoundCredentials['header'],
): ReadonlyMap<string, string> | undefined {
  const found = foundCredentials.of(run, header);
  return found?.accepted ? found.fields : undefined;
}

/** Only in a 401 or 407. */
function challenge(run: ScriptRun, field: string): ScriptValue {
  const { message } = run;
  if (message.isRequest) return null;
  const names: Readonly<Record<number, string>> = { 401: 'WWW-Authenticate', 407: 'Proxy-Authenticate' };
  const name = names[message.statusCode];
  return (name && readDigest(message.header(name)).get(field)) || null;
}

const credentialFields = {
  ar: 'realm',
  adu: 'uri',
  an: 'nonce',
  aU: 'username',
  'auth.nonce': 'nonce',
  'auth.resp': 'response',
  'auth.cnonce': 'cnonce',
  'auth.opaque': 'opaque',
  'auth.alg': 'algorithm',
  'auth.qop': 'qop',
  'auth.nc': 'nc',
} as const;

const challengeFields = ['algorithm', 'realm', 'nonce', 'opaque', 'qop', 'ik', 'ck'] as const;

/** Digest credentials and challenges. */
export const authVariables: Readonly<Record<string, VariableEntry>> = {
  ...Object.fromEntries(
    Object.entries(credentialFields).map(([name, field]) => [
      name,
      reading(`${field} of the credentials`, (run) => credential(run, field)),
    ]),
  ),
  au: reading('the user of the credentials', (run) => userPart(run, 'user')),
  ad: reading('the domain of the user of the credentials', (run) => userPart(run, 'domain')),
  Au: reading('user and host of From', accountUser),
  ...Object.fromEntries(
    challengeFields.map((field) => [
      `challenge.${field}`,
      dated(
        reading(`${field} of the challenge`, (run) => challenge(run, field)),
        { since: '3.6' },
      ),
    ]),
  ),
};
