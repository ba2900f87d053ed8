import type { Manifest } from '../../runtime/module-exports.ts';
import { commands } from './commands.ts';
import { statisticFacts } from './counters.ts';
import { params } from './params.ts';
import { variableFacts } from './variables.ts';

export const manifest = {
  name: 'dialog',
  description: 'Calls from their INVITE to their BYE: values, profiles, lifetimes.',
  dependencies: [
    { module: 'tm', missing: 'abort' },
    { module: 'rr', missing: 'silent' },
  ],
  commands,
  params,
  statistics: statisticFacts,
  variables: variableFacts,
  events: {
    E_DLG_STATE_CHANGED: {
      description: 'a dialog has another state',
      params: ['id', 'db_id', 'callid', 'from_tag', 'to_tag', 'old_state', 'new_state'],
    },
  },
  api: 'the dialogs of runs: made, found, and what becomes of them',
} as const satisfies Manifest;
