/** `$DLG_status`, in OpenSIPS's numbers (dlg_hash.h). */
export const state = { unconfirmed: 1, early: 2, answered: 3, confirmed: 4, deleted: 5 } as const;

export type State = (typeof state)[keyof typeof state];

/** What moves a dialog on. `bye`: one on the leg that has accepted the call. */
export type DialogEvent = 'gone' | 'provisional' | 'accepted' | 'refused' | 'ack' | 'bye' | 'request';

/** Where an event leads; what is not there leaves the dialog as it is (dlg_hash.c: next_state_dlg). */
const transitions: Readonly<Record<DialogEvent, Readonly<Partial<Record<State, State>>>>> = {
  gone: { [state.unconfirmed]: state.deleted, [state.early]: state.deleted },
  provisional: { [state.unconfirmed]: state.early },
  accepted: { [state.unconfirmed]: state.answered, [state.early]: state.answered },
  refused: { [state.unconfirmed]: state.deleted, [state.early]: state.deleted },
  ack: { [state.answered]: state.confirmed },
  bye: { [state.answered]: state.deleted, [state.confirmed]: state.deleted },
  request: {},
};

export function nextState(from: State, event: DialogEvent): State {
  return transitions[event][from] ?? from;
}

export const isEstablished = (current: State) => current === state.answered || current === state.confirmed;
