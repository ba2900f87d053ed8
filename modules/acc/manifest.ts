import type { Manifest } from '../../runtime/module-exports.ts';
import { commands } from './commands.ts';
import { params } from './params.ts';

const since = '2.3';
const eventParams = ['method', 'from_tag', 'to_tag', 'callid', 'sip_code', 'sip_reason', 'time'] as const;

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
  events: {
    E_ACC_EVENT: { description: 'a request was answered, or accounted by the script', params: eventParams },
    E_ACC_CDR: {
      description: 'a call has ended',
      params: [...eventParams, 'duration', 'ms_duration', 'setuptime', 'created'],
    },
    E_ACC_MISSED_EVENT: {
      description: 'a call was missed',
      params: [...eventParams, 'setuptime', 'created'],
    },
  },
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
