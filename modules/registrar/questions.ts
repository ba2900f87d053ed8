import type { MaybePromise, PreparedArgument, ScriptRun, ScriptValue } from '../../runtime/module-exports.ts';
import { aorOf } from './aor.ts';
import type { ContactTools } from './contact-header.ts';
import { contactsOf, expiresHeader, readSeconds } from './contact-header.ts';
import { type AorRecord, type Contact, isValid, type LocationTable, then } from './location.ts';
import { addLast, type LookupSettings } from './lookup.ts';
import { RegistrationError } from './registration-error.ts';

export interface QuestionSettings extends LookupSettings {
  readonly contacts: ContactTools;
}

/** The AoR that a question is about: the one given, else that of To in a REGISTER, and of From in others. */
function askedAor(run: ScriptRun, given: string | undefined, settings: QuestionSettings): string | undefined {
  const { message } = run;
  if (!message.isRequest) {
    settings.log.error('msg_aor_parse', 'message should be a request!');
    return undefined;
  }
  const uri = given ?? (message.method === 'REGISTER' ? message.to?.uri : message.from?.uri) ?? '';
  try {
    return aorOf(uri, settings.aor()).aor;
  } catch (error) {
    if (error instanceof RegistrationError) return undefined;
    throw error;
  }
}

function ask(
  run: ScriptRun,
  table: LocationTable,
  given: string | undefined,
  settings: QuestionSettings,
  fits: (record: AorRecord) => boolean,
  unreadable = -1,
): MaybePromise<number> {
  const aor = askedAor(run, given, settings);
  if (aor === undefined) return unreadable;
  return then(table.open(aor), (record) => {
    const answer = record && fits(record) ? 1 : -1;
    return then(table.close(record), () => answer);
  });
}

/** Whether an AoR has a contact; attr_avp gets what is stored of it. */
export function isRegistered(
  run: ScriptRun,
  table: LocationTable,
  aor: string | undefined,
  settings: QuestionSettings,
): MaybePromise<number> {
  const { attributesAvp } = settings;
  return ask(run, table, aor, settings, (record) => {
    const now = settings.location().now();
    const valid = record.contacts.find((contact) => isValid(contact, now));
    if (valid && attributesAvp !== undefined) addLast(run, attributesAvp, valid.attributes);
    return valid !== undefined;
  });
}

/** Whether it has that contact, one of that Call-ID, or (without either) the first contact of the request that is not over. */
export function isContactRegistered(
  run: ScriptRun,
  table: LocationTable,
  {
    aor,
    uri,
    callId,
  }: {
    readonly aor: string | undefined;
    readonly uri: string | undefined;
    readonly callId: string | undefined;
  },
  settings: QuestionSettings,
): MaybePromise<number> {
  const asked = uri === undefined && callId === undefined ? firstContact(run, settings) : uri;
  if (asked === undefined && callId === undefined) {
    settings.log.warning(
      'is_contact_registered',
      'Contact and callid not provided! Message does not have any valid contacts!',
    );
    return -1;
  }
  const fits = (contact: Contact) =>
    (asked === undefined || contact.uri === asked) && (callId === undefined || contact.callId === callId);
  return ask(run, table, aor, settings, (record) => record.contacts.some(fits));
}

function firstContact({ message }: ScriptRun, { contacts }: QuestionSettings): string | undefined {
  try {
    const written = contactsOf(message, contacts);
    if (written === 'star') return undefined;
    const header = expiresHeader(message);
    return written.find(({ params }) => (readSeconds(params.get('expires') ?? '') ?? header) !== 0)?.uri;
  } catch (error) {
    if (error instanceof RegistrationError) return undefined;
    throw error;
  }
}

/** Whether one of its contacts is at one of those addresses, and at that port where one is given. */
export function isIpRegistered(
  run: ScriptRun,
  table: LocationTable,
  given: {
    readonly aor: string | undefined;
    readonly addresses: PreparedArgument | undefined;
    readonly ports: PreparedArgument | undefined;
  },
  settings: QuestionSettings,
): MaybePromise<number> {
  const addresses = valuesOf(given.addresses, run).map(String);
  const ports = valuesOf(given.ports, run).map(Number);
  const { routing } = settings.host;
  const fits = (contact: Contact) => {
    const place = routing.uri(contact.received || contact.uri);
    if (!place) return false;
    return addresses.some((address, at) => {
      const port = ports.length > 1 ? ports[at] : ports[0];
      return plain(address) === plain(place.host) && (!port || port === place.port);
    });
  };
  return ask(run, table, given.aor, settings, (record) => record.contacts.some(fits), -2);
}

/** All values of an AVP, the one of another variable. */
function valuesOf(argument: PreparedArgument | undefined, run: ScriptRun): readonly ScriptValue[] {
  const variable = argument?.given ? argument.variable : undefined;
  const values = variable?.name === 'avp' ? variable.getAll(run) : [variable?.get(run) ?? null];
  return values.filter((value) => value !== null);
}

function plain(host: string): string {
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}
