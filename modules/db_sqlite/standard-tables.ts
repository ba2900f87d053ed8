/** A column: its name, its type, and its default; NULL means that it may be NULL, none that it must be given. */
export type Column = readonly [name: string, type: string, standard?: string | number | null];

export interface Table {
  readonly name: string;
  /** What the table `version` says of it, by the first OpenSIPS version that wants that number, the newest first. */
  readonly versions: readonly (readonly [since: string, version: number])[];
  /** The key that SQLite counts up by itself. */
  readonly key?: string;
  readonly columns: readonly Column[];
  /** Columns of which no two rows have the same values. */
  readonly unique?: readonly string[];
  readonly indexes?: readonly (readonly string[])[];
}

const user: Column = ['username', 'CHAR(64)', ''];
const domain: Column = ['domain', 'CHAR(64)', ''];
const modified: Column = ['last_modified', 'DATETIME', '1900-01-01 00:00:01'];

const call: readonly Column[] = [
  ['method', 'CHAR(16)', ''],
  ['from_tag', 'CHAR(64)', ''],
  ['to_tag', 'CHAR(64)', ''],
  ['callid', 'CHAR(64)', ''],
  ['sip_code', 'CHAR(3)', ''],
  ['sip_reason', 'CHAR(32)', ''],
  ['time', 'DATETIME'],
  ['setuptime', 'INTEGER', 0],
  ['created', 'DATETIME', null],
];

/**
 * The tables of OpenSIPS's database that modules here use, or that come with these. Each has the columns of all versions
 * from 2.2 to 4.0, so that a file may go on to a newer one. The table `version` is made beside them.
 */
export const standardTables: readonly Table[] = [
  {
    name: 'acc',
    versions: [['2.2', 7]],
    columns: [...call, ['duration', 'INTEGER', 0], ['ms_duration', 'INTEGER', 0]],
    indexes: [['callid']],
  },
  { name: 'missed_calls', versions: [['2.2', 5]], columns: call, indexes: [['callid']] },
  {
    name: 'address',
    versions: [['2.2', 5]],
    columns: [
      ['grp', 'SMALLINT', 0],
      ['ip', 'CHAR(50)'],
      ['mask', 'SMALLINT', 32],
      ['port', 'SMALLINT', 0],
      ['proto', 'CHAR(4)', 'any'],
      ['pattern', 'CHAR(64)', null],
      ['context_info', 'CHAR(32)', null],
    ],
  },
  {
    name: 'dbaliases',
    versions: [['2.2', 2]],
    columns: [['alias_username', 'CHAR(64)', ''], ['alias_domain', 'CHAR(64)', ''], user, domain],
    unique: ['alias_username', 'alias_domain'],
    indexes: [['username', 'domain']],
  },
  {
    name: 'domain',
    versions: [
      ['3.6', 4],
      ['2.2', 3],
    ],
    columns: [domain, ['attrs', 'CHAR(255)', null], ['accept_subdomain', 'INTEGER', 0], modified],
    unique: ['domain'],
  },
  {
    name: 'grp',
    versions: [['2.2', 3]],
    columns: [user, domain, ['grp', 'CHAR(64)', ''], modified],
    unique: ['username', 'domain', 'grp'],
  },
  {
    name: 're_grp',
    versions: [['2.2', 2]],
    columns: [
      ['reg_exp', 'CHAR(128)', ''],
      ['group_id', 'INTEGER', 0],
    ],
    indexes: [['group_id']],
  },
  {
    name: 'location',
    versions: [
      ['2.4', 1013],
      ['2.2', 1011],
    ],
    key: 'contact_id',
    columns: [
      user,
      ['domain', 'CHAR(64)', null],
      ['contact', 'TEXT'],
      ['received', 'CHAR(255)', null],
      ['path', 'CHAR(255)', null],
      ['expires', 'INTEGER'],
      ['q', 'FLOAT', 1],
      ['callid', 'CHAR(255)', 'Default-Call-ID'],
      ['cseq', 'INTEGER', 13],
      modified,
      ['flags', 'INTEGER', 0],
      ['cflags', 'CHAR(255)', null],
      ['user_agent', 'CHAR(255)', ''],
      ['socket', 'CHAR(64)', null],
      ['methods', 'INTEGER', null],
      ['sip_instance', 'CHAR(255)', null],
      ['kv_store', 'TEXT', null],
      ['attr', 'CHAR(255)', null],
    ],
  },
  {
    name: 'subscriber',
    versions: [
      ['3.2', 8],
      ['2.2', 7],
    ],
    columns: [
      user,
      domain,
      ['password', 'CHAR(25)', ''],
      ['email_address', 'CHAR(64)', ''],
      ['ha1', 'CHAR(64)', ''],
      ['ha1b', 'CHAR(64)', ''],
      ['ha1_sha256', 'CHAR(64)', ''],
      ['ha1_sha512t256', 'CHAR(64)', ''],
      ['rpid', 'CHAR(64)', null],
    ],
    unique: ['username', 'domain'],
    indexes: [['username']],
  },
  {
    name: 'uri',
    versions: [['2.2', 2]],
    columns: [user, domain, ['uri_user', 'CHAR(64)', ''], modified],
    unique: ['username', 'domain', 'uri_user'],
  },
  {
    name: 'usr_preferences',
    versions: [['2.2', 3]],
    columns: [
      ['uuid', 'CHAR(64)', ''],
      user,
      domain,
      ['attribute', 'CHAR(32)', ''],
      ['type', 'INTEGER', 0],
      ['value', 'CHAR(128)', ''],
      modified,
    ],
    indexes: [['uuid', 'attribute'], ['username', 'domain', 'attribute'], ['value']],
  },
];
