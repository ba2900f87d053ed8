import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';
import { portsOf } from './facts/ports.ts';

/**
 * Ports lie in 1..65535 and ranges go upwards. Deviation: OpenSIPS takes 0 for the default port and cuts larger
 * numbers to 16 bits without a word; a warning where it is asked.
 */
export const portIsInRange: Check = ({ config, environment }) =>
  portsOf(config).flatMap(({ from, to, span, context }) => {
    const wrong = [from, to].find((port) => !(port >= 1 && port <= 65535));
    if (wrong !== undefined) {
      return [
        diagnostic('port-out-of-range', span, `${wrong} is no port: ports are 1 to 65535`, {
          context,
          ...(environment.asked === 'opensips' && { severity: 'warning' }),
          ...(wrong === 0 && { why: 'OpenSIPS takes 0 for the default port of the protocol' }),
        }),
      ];
    }
    if (from > to) {
      return [
        diagnostic('port-out-of-range', span, `the range of ports goes down from ${from} to ${to}`, {
          context,
          why: 'OpenSIPS refuses such a range',
          help: 'write the lower port first',
          fix: { span, text: `${to}-${from}` },
        }),
      ];
    }
    return [];
  });
