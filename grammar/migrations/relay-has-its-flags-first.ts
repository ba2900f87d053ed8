import { callsOf, done, type MigrationRule } from './tools/context.ts';

/** `t_relay("udp:host", "0x02")` is `t_relay(0x02, "udp:host")` since 3.0. */
export const relayHasItsFlagsFirst: MigrationRule = (context) => {
  if (!context.reaches('3.0')) return [];
  return callsOf(context, 't_relay').flatMap(({ call }) => {
    const [destination, flags] = call.arguments;
    if (destination?.kind !== 'String' || !/^(?:[a-z]+:|\$.*:)/i.test(destination.value)) return [];
    const written = context.written(destination.span);
    const message = 't_relay has its flags in front of the destination';
    if (!flags || flags.kind === 'EmptyArgument') {
      return [done(call.span, message, { span: destination.span, text: `, ${written}` })];
    }
    const edits = [
      { span: destination.span, text: context.written(flags.span) },
      { span: flags.span, text: written },
    ];
    return [done(call.span, message, ...edits)];
  });
};
