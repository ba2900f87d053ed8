import type { ListenSocket, SqlCondition, SqlRow, SqlValue } from '../../runtime/module-exports.ts';
import type { Columns } from './columns.ts';
import { allMethods, type Contact, type LoadedContact } from './contact.ts';
import { type KeyValues, printKeyValues, readKeyValues } from './key-values.ts';
import { advertisedText } from './socket-text.ts';

/** What the rows of a table need of the host. */
export interface RowTools {
  readonly columns: Columns;
  /** The domain of an AoR stands in a column of its own. */
  readonly useDomain: boolean;
  flagNames(bits: number): string;
  flagBits(names: string): number;
  socket(text: string): ListenSocket | undefined;
}

/** The columns that tell an AoR. */
export function aorColumns(aor: string, { columns, useDomain }: RowTools): SqlRow {
  if (!useDomain) return { [columns.user]: aor };
  const at = aor.indexOf('@');
  return { [columns.user]: aor.slice(0, Math.max(at, 0)), [columns.domain]: aor.slice(at + 1) };
}

/** Finds the rows of an AoR. */
export function aorIs(aor: string, tools: RowTools): SqlCondition[] {
  return Object.entries(aorColumns(aor, tools)).map(([column, value]) => ({ column, operator: '=', value }));
}

/** The row of a contact, without its id and its AoR. */
export function rowOf(contact: Contact, tools: RowTools, keys: KeyValues): SqlRow {
  const { columns } = tools;
  return {
    [columns.contact]: contact.uri,
    [columns.expires]: contact.expires,
    [columns.q]: contact.q < 0 ? -1 : contact.q / 1000,
    [columns.callId]: contact.callId,
    [columns.cseq]: contact.cseq,
    [columns.flags]: contact.flags,
    [columns.branchFlags]: tools.flagNames(contact.branchFlags),
    [columns.userAgent]: contact.userAgent,
    [columns.received]: contact.received || null,
    [columns.path]: contact.path || null,
    [columns.socket]: contact.socket ? advertisedText(contact.socket) : null,
    [columns.methods]: contact.methods === allMethods ? null : contact.methods,
    [columns.lastModified]: dateText(contact.lastModified),
    [columns.instance]: contact.instance || null,
    [columns.keys]: printKeyValues(keys) || null,
    [columns.attributes]: contact.attributes || null,
  };
}

/** All columns that a contact is read from. */
export function columnList({ columns, useDomain }: RowTools): string[] {
  return Object.values(columns).filter((name) => useDomain || name !== columns.domain);
}

/** The AoR of a row; undefined where it has none. */
export function aorOf(row: SqlRow, { columns, useDomain }: RowTools): string | undefined {
  const user = text(row[columns.user]);
  if (!useDomain) return user || undefined;
  const domain = text(row[columns.domain]);
  if (domain === '') return undefined;
  return user === '' ? domain : `${user}@${domain}`;
}

/** Undefined for a row that lacks what no contact is without. */
export function contactOf(row: SqlRow, tools: RowTools): LoadedContact | undefined {
  const { columns } = tools;
  const [uri, callId, socket] = [columns.contact, columns.callId, columns.socket].map((name) =>
    text(row[name]),
  );
  if (!uri || !callId || row[columns.expires] === null) return undefined;
  const methods = row[columns.methods];
  return {
    id: text(row[columns.id]),
    uri,
    callId,
    expires: number(row[columns.expires]),
    q: thousandths(number(row[columns.q])),
    cseq: number(row[columns.cseq]),
    flags: number(row[columns.flags]),
    branchFlags: tools.flagBits(text(row[columns.branchFlags])),
    userAgent: text(row[columns.userAgent]),
    received: text(row[columns.received]),
    path: text(row[columns.path]),
    socket: socket ? tools.socket(socket) : undefined,
    methods: methods === null || methods === undefined ? allMethods : number(methods),
    lastModified: secondsOf(row[columns.lastModified]),
    instance: text(row[columns.instance]),
    keys: readKeyValues(text(row[columns.keys])) ?? new Map(),
    attributes: text(row[columns.attributes]),
    ownershipTag: '',
    refreshTime: 0,
    connectionId: 0,
  };
}

function text(value: SqlValue | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function number(value: SqlValue | undefined): number {
  return Number(value ?? 0) || 0;
}

function thousandths(q: number): number {
  return q < 0 ? -1 : Math.round(q * 1000);
}

/** `2026-01-31 23:59:59`, in the time of the machine's zone, as OpenSIPS writes dates. */
function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function secondsOf(value: SqlValue | undefined): number {
  if (typeof value === 'number') return value;
  const milliseconds = Date.parse(text(value).replace(' ', 'T'));
  return Number.isNaN(milliseconds) ? 0 : Math.floor(milliseconds / 1000);
}
