import { done, type MigrationRule } from './tools/context.ts';
import { matchesIn, placesOfVariables } from './tools/strings.ts';

/**
 * `$avp(s:name)` and `$avp(i:1)` are `$avp(name)` and `$avp(1)`: before 4.0 the same AVP with a warning, since then
 * the prefix is part of the name.
 */
export const avpsHavePlainNames: MigrationRule = (context) => {
  if (!context.reaches('4.0')) return [];
  return placesOfVariables(context).flatMap((place) =>
    matchesIn(context, place, /(\$\(?avp\()([si]:)(?=[^)])/g).map(({ match, start }) => {
      const [, lead = '', prefix = ''] = match;
      const span = { start: start + lead.length, end: start + lead.length + prefix.length };
      return done(span, `an AVP has no ${prefix} in front of its name`, { span, text: '' });
    }),
  );
};
