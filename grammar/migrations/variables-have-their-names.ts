import { at } from '../versions/order.ts';
import { socketParts } from './conditions-compare-variables.ts';
import { done, type MigrationRule, type Step } from './tools/context.ts';
import { matchesIn, placesOfVariables } from './tools/strings.ts';

/** Variables without a name in brackets, under another name. */
const successors: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(socketParts).map(([name, part]) => [name, `socket_in(${part})`])),
  fs: 'socket_out',
  rT: 'route.type',
};

const olds = new RegExp(`\\$(\\(?)(?:${Object.keys(successors).join('|')})(?![\\w(]|\\.\\w)`, 'g');

/** `$Ri` is `$socket_in(ip)`, `$fs` is `$socket_out`, `$rT` is `$route.type`: gone in 3.3, warned of before. */
export const variablesHaveTheirNames: MigrationRule = (context) => {
  const { catalogue, to } = context;
  const steps: Step[] = [];
  for (const place of placesOfVariables(context)) {
    for (const { match, start } of matchesIn(context, place, olds)) {
      const lead = `$${match[1] ?? ''}`;
      const name = match[0].slice(lead.length);
      const successor = successors[name] ?? '';
      const facts = at(catalogue.variable(name), to);
      const isThere = at(catalogue.variable(successor.replace(/\(.*/, '')), to) !== undefined;
      if ((facts && !facts.deprecated) || !isThere) continue;
      const span = { start: start + lead.length, end: start + match[0].length };
      steps.push(done(span, `$${name} is now $${successor}`, { span, text: successor }));
    }
  }
  return steps;
};
