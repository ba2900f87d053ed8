import { append, byId, clockTime, make } from './dom.js';

const KEEP = 500;
const arrows = { sent: '→', received: '←' };

/** Shows each message in the list: `add(direction, text)`. */
export function createTrace() {
  const list = byId('trace');
  byId('clear').addEventListener('click', () => list.replaceChildren());

  return {
    add(direction, text) {
      const [firstLine] = text.split('\r\n', 1);
      const summary = make('summary');
      const arrow = make('span', arrows[direction], { title: direction, role: 'img', ariaLabel: direction });
      summary.append(make('time', clockTime(true)), ' ', arrow, ` ${firstLine}`);
      const item = make('li');
      const details = make('details');
      details.append(summary, make('pre', text.replaceAll('\r\n', '\n').trimEnd()));
      item.append(details);
      append(list, item, KEEP);
    },
  };
}
