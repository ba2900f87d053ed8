import type { Manifest } from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'db_sqlite',
  kind: 'sqldb',
  description: 'Databases in files of SQLite.',
  versions: { since: '2.2' },
  params: {
    alloc_limit: {
      type: 'integer',
      description: 'By how many rows the room for a result grows.',
      default: 10,
      noEffect: 'results have the room that they need',
    },
    busy_timeout: {
      type: 'integer',
      description: 'How long what is asked waits while others keep the database locked.',
      default: 500,
      unit: 'milliseconds',
      since: '3.6',
    },
    exec_pragma: {
      type: 'string',
      list: true,
      description: 'A PRAGMA statement, without that word, for each database that is opened.',
      minLength: 1,
      since: '3.6',
    },
    load_extension: {
      type: 'string',
      list: true,
      description: 'The file of an extension of SQLite; its entry point behind a semicolon.',
      minLength: 1,
    },
  },
  tools: {
    'sqlite create': {
      usage: '[PATH]',
      description: "Makes OpenSIPS's standard tables in a file, those that are not there yet.",
    },
  },
} as const satisfies Manifest;
