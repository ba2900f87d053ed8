import { allMethods, type Contact, type ContactInfo, contactFlags, isValid } from './contact.ts';
import { printKeyValues } from './key-values.ts';
import { type MaybePromise, then } from './maybe.ts';
import type { AorRecord } from './record.ts';
import { advertisedText } from './socket-text.ts';
import type { LocationTable } from './table.ts';

/** What the management of usrloc works with. */
export interface ManagementTools {
  readonly useDomain: boolean;
  /** mi_dump_kv_store */
  readonly showKeys: boolean;
  readonly writes: boolean;
  now(): number;
  tables(): Iterable<LocationTable>;
  find(name: string): LocationTable | undefined;
  sameUri(one: string, other: string): boolean;
  branchNames(bits: number): string;
  /** Sweeps and writes. */
  flush(): MaybePromise<void>;
  /** Writes a table or an AoR anew. */
  rewrite(table: LocationTable, aor?: string): MaybePromise<void>;
}

/** A refusal with OpenSIPS's code. */
export class ManagementError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

type Params = Readonly<Record<string, unknown>>;
type Answer = MaybePromise<unknown>;

/** The management functions, by their names of 4.0. */
export function managementOf(tools: ManagementTools): Readonly<Record<string, (params: Params) => Answer>> {
  return {
    rm: (params) => removeAor(tools, params),
    rm_contact: (params) => removeContact(tools, params),
    dump: ({ brief }) => dump(tools, Number(brief ?? 0) !== 0),
    flush: () => then(tools.flush(), () => 'OK'),
    add: (params) => addContact(tools, params),
    show_contact: (params) => onAor(tools, params, (_table, record) => shownRecord(record, tools, false)),
    sync: (params) => sync(tools, params),
    cluster_sync: () => {
      throw new ManagementError(400, 'Clustering not enabled');
    },
  };
}

function removeAor(tools: ManagementTools, params: Params): Answer {
  const table = tableOf(tools, params);
  return then(table.open(aorOf(tools, params)), (record) => {
    for (const contact of [...(record?.contacts ?? [])]) if (record) table.remove(record, contact);
    return then(table.close(record), () => 'OK');
  });
}

function removeContact(tools: ManagementTools, params: Params): Answer {
  return onAor(tools, params, (table, record) => {
    const uri = text(params, 'contact');
    const contact = record.contacts.find((stored) => tools.sameUri(stored.uri, uri));
    if (!contact) throw new ManagementError(404, 'Contact not found');
    table.remove(record, contact);
    return 'OK';
  });
}

function addContact(tools: ManagementTools, params: Params): Answer {
  const table = tableOf(tools, params);
  const aor = aorOf(tools, params);
  const uri = text(params, 'contact');
  return then(table.open(aor), (known) => {
    const record = known ?? table.create(aor);
    const found = record.contacts.find((stored) => tools.sameUri(stored.uri, uri));
    const info = infoOf(tools, params, found?.cseq ?? 1);
    if (found) table.update(record, found, info);
    else if (!table.insert(record, uri, info)) throw new ManagementError(500, 'Internal Error');
    return then(table.close(record), () => 'OK');
  });
}

function infoOf(tools: ManagementTools, params: Params, cseq: number): ContactInfo {
  const expires = number(params, 'expires');
  const q = Number(text(params, 'q'));
  if (!(q >= 0 && q <= 1)) throw new ManagementError(400, 'Bad parameter value');
  return {
    received: '',
    path: '',
    expires: expires === 0 ? 0 : tools.now() + expires,
    q: Math.round(q * 1000),
    instance: '',
    callId: 'dfjrewr12386fd6-343@opensips.mi',
    cseq,
    flags: number(params, 'flags'),
    branchFlags: number(params, 'cflags'),
    userAgent: 'OpenSIPS MI Server',
    socket: undefined,
    methods: (params.methods === undefined ? allMethods : number(params, 'methods')) >>> 0,
    attributes: '',
    lastModified: tools.now(),
    ownershipTag: '',
    refreshTime: 0,
    connectionId: 0,
  };
}

function sync(tools: ManagementTools, params: Params): Answer {
  if (!tools.writes) throw new ManagementError(200, 'Contacts already synced');
  const table = tableOf(tools, params);
  if (params.aor === undefined) return then(tools.rewrite(table), () => 'OK');
  return onAor(tools, params, (_table, { aor }) => then(tools.rewrite(table, aor), () => 'OK'));
}

function dump(tools: ManagementTools, brief: boolean): unknown {
  const domains = [...tools.tables()].map((table) => ({
    name: table.name,
    hash_size: table.slots,
    AORs: [...table.records()].map((record) => shownRecord(record, tools, brief)),
  }));
  return { Domains: domains };
}

function shownRecord(record: AorRecord, tools: ManagementTools, brief: boolean): unknown {
  if (brief) return { AOR: record.aor };
  const keys = tools.showKeys ? printKeyValues(record.keys) : '';
  return {
    AOR: record.aor,
    Contacts: record.contacts.map((contact) => shownContact(contact, tools)),
    ...(keys && { 'KV-Store': keys }),
  };
}

const stateNames = { new: 'CS_NEW', synchronized: 'CS_SYNC', changed: 'CS_DIRTY' } as const;

function shownContact(contact: Contact, tools: ManagementTools): unknown {
  const keys = tools.showKeys ? printKeyValues(contact.keys) : '';
  return {
    Contact: contact.uri,
    ContactID: contact.id,
    Expires: shownExpires(contact, tools.now()),
    Q: contact.q < 0 ? '' : String(contact.q / 1000),
    Callid: contact.callId,
    Cseq: contact.cseq,
    ...(contact.userAgent && { 'User-agent': contact.userAgent }),
    ...(contact.received && { Received: contact.received }),
    ...(contact.path && { Path: contact.path }),
    State: stateNames[contact.state],
    Flags: contact.flags & (contactFlags.memoryOnly | contactFlags.push),
    Cflags: tools.branchNames(contact.branchFlags),
    ...(contact.socket && { Socket: advertisedText(contact.socket) }),
    Methods: contact.methods,
    ...(contact.attributes && { Attr: contact.attributes }),
    ...(contact.instance && { SIP_instance: contact.instance }),
    ...(contact.latency > 0 && { 'Ping-Latency': contact.latency }),
    ...(keys && { 'KV-Store': keys }),
  };
}

function shownExpires(contact: Contact, now: number): number | string {
  if (contact.expires === 0) return 'permanent';
  return isValid(contact, now) ? contact.expires - now : 'expired';
}

function onAor(
  tools: ManagementTools,
  params: Params,
  work: (table: LocationTable, record: AorRecord) => Answer,
): Answer {
  const table = tableOf(tools, params);
  return then(table.open(aorOf(tools, params)), (record) => {
    if (!record) throw new ManagementError(404, 'AOR not found');
    return then(work(table, record), (answer) => then(table.close(record), () => answer));
  });
}

function tableOf(tools: ManagementTools, params: Params): LocationTable {
  const table = tools.find(text(params, 'table_name'));
  if (!table) throw new ManagementError(404, 'Table not found');
  return table;
}

/** Without use_domain the domain of what is given is left out. */
function aorOf({ useDomain }: ManagementTools, params: Params): string {
  const aor = text(params, 'aor');
  const at = aor.indexOf('@');
  if (!useDomain) return at < 0 ? aor : aor.slice(0, at);
  if (at < 0) throw new ManagementError(400, 'Domain missing in AOR');
  return aor;
}

function text(params: Params, name: string): string {
  const value = params[name];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new ManagementError(-32602, `the parameter ${name} is missing`);
}

function number(params: Params, name: string): number {
  const value = Number(text(params, name));
  if (Number.isInteger(value)) return value;
  throw new ManagementError(400, 'Bad parameter value');
}
