import type { ModuleHost } from '../../runtime/module-exports.ts';

/** The names of the columns, by what is in them. */
export interface Columns {
  readonly id: string;
  readonly user: string;
  readonly domain: string;
  readonly contact: string;
  readonly received: string;
  readonly path: string;
  readonly expires: string;
  readonly q: string;
  readonly callId: string;
  readonly cseq: string;
  readonly flags: string;
  readonly branchFlags: string;
  readonly userAgent: string;
  readonly socket: string;
  readonly methods: string;
  readonly instance: string;
  readonly keys: string;
  readonly attributes: string;
  readonly lastModified: string;
}

/** As the parameters `…_column` say. */
export function columnsOf(params: ModuleHost['params']): Columns {
  const named = (param: string) => String(params[`${param}_column`] ?? '');
  return {
    id: String(params.contactid_column ?? named('contact_id')),
    user: named('user'),
    domain: named('domain'),
    contact: named('contact'),
    received: named('received'),
    path: named('path'),
    expires: named('expires'),
    q: named('q'),
    callId: named('callid'),
    cseq: named('cseq'),
    flags: named('flags'),
    branchFlags: named('cflags'),
    userAgent: named('user_agent'),
    socket: named('socket'),
    methods: named('methods'),
    instance: named('sip_instance'),
    keys: named('kv_store'),
    attributes: named('attr'),
    lastModified: 'last_modified',
  };
}
