import type { CommandSignature, Manifest, MiFacts } from '../../runtime/module-exports.ts';
import { contactParamNames, notOnRefresh, recordParams } from './location-events.ts';
import { params } from './params.ts';

const keyCommand = (description: string): Pick<CommandSignature, 'routes' | 'since' | 'description'> => ({
  routes: '*',
  since: '3.5',
  description,
});

const commands: Readonly<Record<string, CommandSignature>> = {
  ul_add_key: {
    ...keyCommand('Attaches a value to an AoR, under a key; without a value takes the key away.'),
    params: ['s=', 's', 's', 's?'],
    paramNames: ['table', 'AoR', 'key', 'value'],
  },
  ul_get_key: {
    ...keyCommand('Reads such a value into a variable.'),
    params: ['s=', 's', 's', 'v'],
    paramNames: ['table', 'AoR', 'key', 'variable'],
  },
  ul_del_key: {
    ...keyCommand('Takes a key away.'),
    params: ['s=', 's', 's'],
    paramNames: ['table', 'AoR', 'key'],
  },
};

const addParams = ['table_name', 'aor', 'contact', 'expires', 'q', 'flags', 'cflags', 'methods'];

/** By its name since 4.0; before, and as an alias since, with `ul_` in front. */
const management: Readonly<Record<string, MiFacts>> = {
  rm: { description: 'Takes an AoR away.', params: [['table_name', 'aor']] },
  rm_contact: { description: 'Takes a contact away.', params: [['table_name', 'aor', 'contact']] },
  dump: { description: 'All AoRs, with their contacts unless brief.', params: [[], ['brief']] },
  flush: { description: 'Takes away what is over and writes what waits.', params: [[]] },
  add: { description: 'Puts a contact in, or another one in its place.', params: [addParams] },
  show_contact: { description: 'The contacts of an AoR.', params: [['table_name', 'aor']] },
  sync: {
    description: 'Empties the table of the database, or an AoR in it, and writes it anew.',
    params: [['table_name'], ['table_name', 'aor']],
  },
  cluster_sync: { description: 'Asks the cluster, which there is none of.', params: [[]] },
};

export const manifest = {
  name: 'usrloc',
  description: 'Where users are: the contacts of addresses of record, in memory and in a database.',
  commands,
  params,
  dependencies: [{ kind: 'sqldb', missing: 'silent' }],
  dependenciesFromParams: {
    db_mode: [{ kind: 'sqldb', missing: 'abort', when: { is: 'greater-than', value: 0 } }],
    working_mode_preset: [
      {
        kind: 'sqldb',
        missing: 'abort',
        when: {
          is: 'one-of',
          values: ['single-instance-sql-write-through', 'single-instance-sql-write-back', 'sql-only'],
        },
      },
    ],
    cluster_mode: [{ kind: 'sqldb', missing: 'abort', when: { is: 'one-of', values: ['sql-only'] } }],
    restart_persistency: [
      { kind: 'sqldb', missing: 'abort', when: { is: 'one-of', values: ['load-from-sql'] } },
    ],
  },
  events: {
    E_UL_AOR_INSERT: { description: 'an AoR has its first contact', params: recordParams },
    E_UL_AOR_DELETE: { description: 'an AoR has lost its last contact', params: recordParams },
    E_UL_CONTACT_INSERT: { description: 'a contact has come', params: contactParamNames },
    E_UL_CONTACT_UPDATE: { description: 'a contact was registered again', params: contactParamNames },
    E_UL_CONTACT_DELETE: { description: 'a contact has gone', params: contactParamNames },
    E_UL_LATENCY_UPDATE: {
      description: 'a ping has told how far away a contact is',
      params: contactParamNames,
      since: '2.4',
    },
    E_UL_CONTACT_REFRESH: {
      description: 'a contact is to register again (RFC 8599)',
      params: [...contactParamNames.filter((name) => !notOnRefresh.includes(name)), 'reason', 'req_callid'],
      since: '3.1',
    },
  },
  statistics: {
    registered_users: { description: 'AoRs with contacts, of all tables', gauge: true },
    '*': { description: 'of each table: NAME-users, NAME-contacts, and NAME-expires' },
  },
  mi: Object.fromEntries(
    Object.entries(management).flatMap(([name, facts]) => [
      [name, { ...facts, since: '4.0' }],
      [`ul_${name}`, facts],
    ]),
  ),
  api: 'Finds, inserts, updates and removes contacts, walks through them, and tells who listens of their changes.',
} as const satisfies Manifest;
