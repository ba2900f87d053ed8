import type { Manifest } from '../../runtime/module-exports.ts';
import { commands } from './commands.ts';
import { params } from './params.ts';

const since = '2.3';

export const manifest = {
  name: 'acc',
  description: 'Accounting: what became of requests, as lines of the log, events and rows of a database.',
  dependencies: [
    { module: 'tm', missing: 'abort' },
    { module: 'dialog', missing: 'silent' },
  ],
  dependenciesFromParams: {
    db_url: [{ kind: 'sqldb', missing: 'warn', when: { is: 'not-empty' } }],
    detect_direction: [{ module: 'rr', missing: 'abort', when: { is: 'greater-than', value: 0 } }],
  },
  commands,
  params,
  variables: {
    acc_extra: {
      description: 'a value of extra_fields, by its tag',
      inner: 'required',
      writable: true,
      since,
    },
    acc_leg: {
      description: 'a value of leg_fields, by its tag: of the last leg, or of the one with that number',
      inner: 'required',
      index: true,
      writable: true,
      since,
    },
    acc_current_leg: { description: 'the number of the last leg, from 0', since },
  },
} as const satisfies Manifest;
