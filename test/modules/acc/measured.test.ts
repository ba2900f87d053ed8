/** What OpenSIPS 3.6 and 2.4 write for each flow of requests and replies, and for each function of the module. */

import { measuredFlows } from '../measured-flows.ts';

measuredFlows('acc', {
  modules: (version) => [
    ...['proto_udp', 'tm', 'sl', 'rr', 'sipmsgops', 'acc'],
    ...(version === '2.4' ? ['event_route', 'uri'] : []),
  ],
  // What goes wrong when a variable is set is told by the core here, with the module's words.
  shown: /^(?:xlog|acc (?!pv_set_acc_leg)) ?/,
  // Callers of 2.x have the number of arguments in their name.
  plain: (line) => line.replace(/\b1\d{9}\b/g, '<now>').replace(/^(acc w_[a-z_]+)_\d:/, '$1:'),
  event: /^xlog : (?:EVENT|MISSED) /,
  // Deviation: all accounting dropped and asked for again writes one record, not two of the same.
  departure: (user, lines) => (user === 'log.drop1.agn' ? [...new Set(lines)] : lines),
});
