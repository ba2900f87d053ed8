import type { ScriptRun } from '../../runtime/module-exports.ts';

/** Who this host is in a realm. */
export interface Credential {
  readonly user: string;
  readonly realm: string;
  /** Or `0x` and H(A1) in lower-case hex. */
  readonly password: string;
}

/** `user:realm:password`, with blanks around each. Errors: a part is missing, or has a blank inside. */
export function readCredential(text: string): Credential {
  const [, user, realm, password] = /^\s*([^\s:]+)\s*:\s*([^\s:]+)\s*:\s*(\S+)\s*$/.exec(text) ?? [];
  if (user !== undefined && realm !== undefined && password !== undefined) return { user, realm, password };
  throw new TypeError('a credential is user:realm:password');
}

/** The AVPs that a script puts credentials into. */
export interface CredentialAvps {
  readonly realm: string;
  readonly user: string;
  readonly password: string;
}

/**
 * The three parameters, each `$avp(name)`; undefined where none of them is given. Errors: some are, and others not; one
 * is no AVP.
 */
export function readCredentialAvps(params: Readonly<Record<string, unknown>>): CredentialAvps | undefined {
  const names = ['auth_realm_avp', 'auth_username_avp', 'auth_password_avp'] as const;
  const given = names.filter((name) => typeof params[name] === 'string' && params[name] !== '');
  if (given.length === 0) return undefined;
  if (given.length < names.length) throw new TypeError('partial definition of auth AVP!');
  const [realm = '', user = '', password = ''] = names.map((name) => avpName(String(params[name])));
  return { realm, user, password };
}

function avpName(spec: string): string {
  const [, name] = /^\s*\$avp\(([^()$]+)\)\s*$/.exec(spec) ?? [];
  if (name !== undefined) return name.trim();
  throw new TypeError(`malformed or non AVP ${spec} AVP definition`);
}

/** The credential of a realm: that of the AVPs where they are for it, else the one of the parameters. */
export function credentialOf(
  realm: string,
  { avps: values }: ScriptRun,
  avps: CredentialAvps | undefined,
  fixed: readonly Credential[],
): Credential | undefined {
  const text = (name: string) => {
    const value = values.get(name)?.[0];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  if (avps && text(avps.realm) === realm) {
    const [user, password] = [text(avps.user), text(avps.password)];
    if (user !== undefined && password !== undefined) return { user, realm, password };
  }
  return fixed.findLast((credential) => credential.realm === realm);
}
