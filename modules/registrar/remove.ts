import type { Logger, MaybePromise, RoutingTools } from '../../runtime/module-exports.ts';
import { type AorSettings, aorOf } from './aor.ts';
import { type AorRecord, type Contact, type LocationTable, then } from './location.ts';
import { firstHop } from './path-vector.ts';
import { RegistrationError } from './registration-error.ts';

export interface RemoveSettings {
  readonly aor: () => AorSettings;
  readonly routing: RoutingTools;
  readonly log: Logger;
}

/** Which contacts of an AoR go; what is undefined does not matter. */
export interface RemoveFilter {
  readonly contact: string | undefined;
  readonly nextHop: string | undefined;
  readonly instance: string | undefined;
  /** Branch flags, one of which it has. */
  readonly flags: number;
}

/** C: E_BAD_URI. */
const badUri = -478;

/** Takes an AoR away, or those of its contacts that fit all that is asked. 1, also where there is nobody. */
export function remove(
  table: LocationTable,
  uri: string,
  filter: RemoveFilter,
  settings: RemoveSettings,
): MaybePromise<number> {
  const aor = canonical(uri, settings);
  if (aor === undefined) return badUri;
  return removeFrom(table, aor, (contact) => fits(contact, filter, settings));
}

/** Takes the contacts away whose next hop is that address and port, of one AoR or of all. */
export function removeIpPort(
  table: LocationTable,
  place: { readonly address: string; readonly port: number; readonly aor: string | undefined },
  settings: RemoveSettings,
): MaybePromise<number> {
  const isThere = (contact: Contact) => {
    const hop = nextHopOf(contact, settings.routing);
    return hop !== undefined && sameHost(hop.host, place.address) && hop.port === place.port;
  };
  if (place.aor !== undefined) {
    const aor = canonical(place.aor, settings);
    return aor === undefined ? badUri : removeFrom(table, aor, isThere);
  }
  const emptied = [...table.records()].filter((record) => removeThose(table, record, isThere));
  return emptied.reduce<MaybePromise<number>>(
    (before, record) => then(before, () => then(table.close(record), () => 1)),
    1,
  );
}

function removeFrom(
  table: LocationTable,
  aor: string,
  isMeant: (contact: Contact) => boolean,
): MaybePromise<number> {
  return then(table.open(aor), (record) => {
    if (record) removeThose(table, record, isMeant);
    return then(table.close(record), () => 1);
  });
}

/** True where something was taken away. */
function removeThose(
  table: LocationTable,
  record: AorRecord,
  isMeant: (contact: Contact) => boolean,
): boolean {
  const meant = record.contacts.filter(isMeant);
  for (const contact of meant) table.remove(record, contact);
  return meant.length > 0;
}

function canonical(uri: string, { aor, log }: RemoveSettings): string | undefined {
  try {
    return aorOf(uri, aor()).aor;
  } catch (error) {
    if (!(error instanceof RegistrationError)) throw error;
    log.error('_remove', 'failed to extract Address Of Record');
    return undefined;
  }
}

function fits(contact: Contact, filter: RemoveFilter, { routing }: RemoveSettings): boolean {
  if (filter.contact !== undefined && filter.contact !== contact.uri) return false;
  if (filter.instance !== undefined && filter.instance !== contact.instance) return false;
  if (filter.flags !== 0 && (contact.branchFlags & filter.flags) === 0) return false;
  if (filter.nextHop === undefined) return true;
  const hop = nextHopOf(contact, routing);
  return hop !== undefined && sameHost(hop.host, filter.nextHop);
}

/** Where a request to a contact goes: by its Path, else to where its REGISTER came from, else to itself. */
function nextHopOf({ path, received, uri }: Contact, routing: RoutingTools) {
  const next = path === '' ? received || uri : firstHop(path, routing);
  return next === undefined ? undefined : routing.uri(next);
}

/** `Deviation:` OpenSIPS looks both up, which would keep every message waiting for DNS. */
function sameHost(one: string, other: string): boolean {
  const plain = (host: string) => host.replace(/^\[|\]$/g, '').toLowerCase();
  return plain(one) === plain(other);
}
