import { append, byId, clockTime, make } from './dom.js';

const KEEP = 500;

/** Messages in and out; `send(target, text, outcome)` is called with what was typed, `outcome` shows what became of it. */
export function createChat(send) {
  const list = byId('messages');
  const text = byId('text');

  const show = (who, said) => {
    const item = make('li');
    const state = make('small');
    item.append(make('time', clockTime()), ' ', make('b', who), ` ${said} `, state);
    append(list, item, KEEP);
    return state;
  };

  byId('chat').addEventListener('submit', (event) => {
    event.preventDefault();
    const target = byId('target').value.trim();
    if (target === '') {
      byId('target').focus();
      return;
    }
    const state = show(`to ${target}:`, text.value);
    send(target, text.value, (outcome) => {
      state.textContent = outcome;
    });
    text.value = '';
  });

  return {
    received(from, said) {
      show(`${from}:`, said);
    },
  };
}
