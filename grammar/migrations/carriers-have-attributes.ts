import { done, type MigrationContext, type MigrationRule, own } from './tools/context.ts';

/** Where the attributes of carriers stand since 3.3; before, the partition stood there. */
const places: Readonly<Record<string, number>> = {
  route_to_gw: 2,
  goes_to_gw: 3,
  is_from_gw: 3,
  dr_is_gw: 4,
};

/** `route_to_gw("gw", $var(attrs), "part")` of drouting has an empty place in front of the partition since 3.3. */
export const carriersHaveAttributes: MigrationRule = (context) => {
  if (!context.reaches('3.3') || !context.modules.has('drouting')) return [];
  return context.script.calls.flatMap(({ call }) => {
    const place = own(places, call.name.text);
    const last = call.arguments.at(-1);
    if (place === undefined || last === undefined || call.arguments.length !== place + 1) return [];
    if (last.kind !== 'String' && !isPartitionBefore(context, last.kind)) return [];
    const { start } = last.span;
    const edit = { span: { start, end: start }, text: ', ' };
    return [done(call.span, `${call.name.text} has attributes of carriers in front of the partition`, edit)];
  });
};

/** A variable may be either. */
function isPartitionBefore({ crosses, from }: MigrationContext, kind: string): boolean {
  return kind === 'Variable' && crosses('3.3') && from.startsWith('3.');
}
