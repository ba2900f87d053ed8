import type { CommandSignature, Manifest, RouteLetter } from '../../runtime/module-exports.ts';

const routes: readonly RouteLetter[] = ['R', 'F', 'O', 'B', 'L', 'S', 'T', 'V'];

const waits: Readonly<Record<string, CommandSignature>> = {
  sleep: {
    params: ['i'],
    paramNames: ['seconds'],
    routes,
    description: 'This run waits; others go on.',
  },
  usleep: {
    params: ['i'],
    paramNames: ['microseconds'],
    routes,
    description: 'This run waits; others go on.',
  },
};

const chance: Readonly<Record<string, CommandSignature>> = {
  rand_event: {
    params: ['i?'],
    paramNames: ['percent'],
    routes,
    description: 'True by chance: with the probability that is set, or this one.',
  },
  rand_set_prob: { params: ['i'], paramNames: ['percent'], routes, description: 'Sets the probability.' },
  rand_reset_prob: { params: [], routes, description: 'Sets the probability back to the initial one.' },
  rand_get_prob: { params: [], routes, description: 'Answers the probability, as the return code.' },
  set_select_weight: {
    params: ['v'],
    paramNames: ['variable with integers'],
    routes,
    description: 'Answers the index of one of the values, each chosen as often as it is large.',
  },
  shuffle_avps: {
    params: ['v'],
    paramNames: ['AVP'],
    routes: '*',
    since: '3.5',
    description: 'Puts the values of an AVP into an order by chance.',
  },
};

const locks: Readonly<Record<string, CommandSignature>> = {
  get_static_lock: { params: ['s'], paramNames: ['name'], routes, description: 'Waits for a lock.' },
  release_static_lock: { params: ['s'], paramNames: ['name'], routes, description: 'Gives a lock back.' },
  get_dynamic_lock: {
    params: ['s'],
    paramNames: ['key'],
    routes,
    description: 'Waits for the lock of a text.',
  },
  release_dynamic_lock: {
    params: ['s'],
    paramNames: ['key'],
    routes,
    description: 'Gives the lock of a text back.',
  },
  strings_share_lock: {
    params: ['s', 's?'],
    paramNames: ['key', 'other key'],
    routes,
    description: 'True where both texts have the same lock.',
  },
};

const clocks: Readonly<Record<string, CommandSignature>> = {
  ts_usec_delta: {
    params: ['i', 'i', 'i', 'i', 'v?', 'v?'],
    paramNames: ['seconds', 'microseconds', 'other seconds', 'other microseconds', 'text', 'integer'],
    routes,
    description: 'The microseconds between two times, whichever is the later one.',
  },
  get_accurate_time: {
    params: ['v', 'v', 'v?'],
    paramNames: ['seconds', 'microseconds', 'both'],
    routes,
    since: '3.1',
    description: 'The time now: seconds since 1970 and microseconds.',
  },
};

const timeRecurrence: Readonly<Record<string, CommandSignature>> = {
  check_time_rec: {
    params: ['s', 'i?'],
    paramNames: ['time recurrence', 'seconds since 1970'],
    routes: '*',
    description: 'True where the time now, or that one, falls into a recurrence.',
  },
};

const others: Readonly<Record<string, CommandSignature>> = {
  set_count: {
    params: ['v', 'v'],
    paramNames: ['variable', 'result'],
    routes,
    description: 'How many values a variable has.',
  },
  abort: { params: [], routes, description: 'Ends the run as a failure.' },
  pkg_status: { params: [], routes, description: 'Writes the memory of the process to the log.' },
  shm_status: { params: [], routes, description: 'Writes the memory of the process to the log.' },
};

export const manifest = {
  name: 'cfgutils',
  description: 'Waits, locks, chance, shared variables.',
  commands: { ...waits, ...chance, ...locks, ...clocks, ...timeRecurrence, ...others },
  asyncCommands: waits,
  params: {
    initial_probability: {
      type: 'integer',
      description: 'The probability of rand_event() at the start.',
      default: 10,
      unit: 'percent',
      minimum: 0,
      maximum: 100,
    },
    shvset: {
      type: 'string',
      list: true,
      description: 'A shared variable with its first value: `name=i:5`, `name=s:text`.',
      pattern: '^[^=]+=([sS]:|[iI]:[-+]?[0-9]+$)',
    },
    varset: {
      type: 'string',
      list: true,
      description: 'A `$var` with its first value in each run, as `shvset`.',
      pattern: '^[^=]+=([sS]:|[iI]:[-+]?[0-9]+$)',
    },
    hash_file: {
      type: 'string',
      description: 'A file whose hash can be asked for over the management interface.',
      noEffect: 'tsips has no management interface yet',
    },
    shv_hash_size: {
      type: 'integer',
      description: 'The size of the table of shared variables.',
      default: 64,
      since: '3.2',
      noEffect: 'the table here grows by itself',
    },
    lock_pool_size: {
      type: 'integer',
      description: 'How many dynamic locks there are.',
      default: 32,
      minimum: 1,
      noEffect: 'each text has a lock of its own here',
    },
  },
  variables: {
    shv: {
      description: 'A variable that all runs share; 0 until it is set, and when NULL is assigned.',
      inner: 'required',
      writable: true,
    },
    RANDOM: { description: 'A number by chance, 0 to 2147483647.' },
    ctime: {
      description: 'The time now, by field: sec, min, hour, mday, mon, year, wday, yday, isdst.',
      inner: 'required',
    },
    env: { description: 'A variable of the environment of the process.', inner: 'required' },
  },
} as const satisfies Manifest;
