import type { CommandSignature } from '../../runtime/module-exports.ts';

const routes = ['R', 'F', 'B', 'L'] as const;

const comment = {
  params: ['s'],
  paramNames: ['code and reason'],
  routes,
} as const;

const typesAndFlags = ['backends, joined by |', 'flags, joined by |'] as const;

export const commands: Readonly<Record<string, CommandSignature>> = {
  do_accounting: {
    params: ['s', 's?', 's?'],
    paramNames: [...typesAndFlags, 'table'],
    routes,
    description:
      'Writes down how this request is answered: to log, evi or db; missed and failed ones too where asked.',
    since: '2.2',
  },
  drop_accounting: {
    params: ['s?', 's?'],
    paramNames: [...typesAndFlags],
    routes,
    description: 'Takes back what do_accounting has asked for; all of it without arguments.',
    since: '2.2',
  },
  acc_log_request: { ...comment, description: 'Writes a line of the log about this request, at once.' },
  acc_evi_request: {
    ...comment,
    description: 'Raises E_ACC_EVENT about this request at once, from code 300 on E_ACC_MISSED_EVENT.',
  },
  acc_db_request: {
    params: ['s', 's'],
    paramNames: ['code and reason', 'table'],
    routes,
    description: 'Inserts a row about this request into a table, at once.',
  },
  acc_aaa_request: {
    ...comment,
    description: 'False always, and an error in the log: there are no AAA servers here.',
  },
  acc_new_leg: {
    params: [],
    routes,
    description: 'Begins another leg; $acc_leg without an index is of it from then on.',
    since: '2.3',
  },
  acc_load_ctx_from_dlg: {
    params: [],
    routes: '*',
    description:
      '$acc_extra and $acc_leg are those of the call whose dialog the run has, until acc_unload_ctx_from_dlg.',
    since: '3.1',
  },
  acc_unload_ctx_from_dlg: {
    params: [],
    routes: '*',
    description: 'They are those of the run again.',
    since: '3.1',
  },
};
