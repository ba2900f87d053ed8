import type { Manifest } from '../../runtime/module-exports.ts';

const oneHost = 'there is no cluster, every host has its own values';
const nothingKept = 'nothing is kept over a restart';

export const manifest = {
  name: 'cachedb_local',
  description: 'Values under keys in the memory of this host, for the cache functions of the core.',
  kind: 'cachedb',
  params: {
    cache_clean_period: {
      type: 'integer',
      description:
        'How often keys whose time is over are looked for; they are never found before that either.',
      unit: 'seconds',
      default: 600,
      minimum: 1,
    },
    cache_collections: {
      type: 'string',
      description:
        'Collections beside the one called default: names with `;` between them, sizes are not needed.',
      list: true,
      since: '2.3',
    },
    cachedb_url: {
      type: 'string',
      description: 'A group of the script and its collection: `local:GROUP:///COLLECTION`.',
      list: true,
      since: '2.3',
    },
    exec_threshold: {
      type: 'integer',
      description: 'A call that takes longer is logged; 0: none.',
      unit: 'microseconds',
      default: 0,
      minimum: 0,
    },
    max_keys: {
      type: 'integer',
      description:
        'Keys of one collection at most; a new one beyond is not kept. 0: no limit. A name of tsips.',
      default: 1_000_000,
      minimum: 0,
    },
    cache_table_size: {
      type: 'integer',
      description: 'The size of the table, as a power of two.',
      default: 9,
      until: '2.2',
      noEffect: 'the table grows by itself',
    },
    cluster_id: {
      type: 'integer',
      description: 'The cluster that values are shared with.',
      default: 0,
      since: '3.0',
      noEffect: oneHost,
    },
    cluster_persistency: {
      type: 'string',
      description: 'Where the values come from after a start.',
      default: 'sync-from-cluster',
      since: '3.0',
      noEffect: oneHost,
    },
    enable_restart_persistency: {
      type: 'integer',
      description: 'Values outlive a restart.',
      default: 0,
      since: '3.3',
      noEffect: nothingKept,
    },
  },
  commands: {
    cache_remove_chunk: {
      params: ['s?', 's?'],
      paramNames: ['collection', 'pattern'],
      routes: ['R', 'F', 'O', 'B', 'L', 'S'],
      description: 'Forgets the keys of a collection that fit a shell pattern.',
    },
  },
} as const satisfies Manifest;
