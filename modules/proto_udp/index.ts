import type { ModuleFactory } from '../../runtime/module-exports.ts';
import type { ModuleContext } from './context.ts';
import { listen } from './listener.ts';
import { manifest } from './manifest.ts';

export { manifest };

const createModule: ModuleFactory = ({ log, statistics, globals }) => {
  const context: ModuleContext = {
    log,
    counters: {
      messagesReceived: statistics.counter('messages_received'),
      messagesSent: statistics.counter('messages_sent'),
      keepalivesReceived: statistics.counter('keepalives_received'),
      sendErrors: statistics.counter('send_errors'),
    },
    receiveBuffer: Number(globals.get('maxbuffer') ?? 0),
  };
  return {
    protocols: { udp: { listen: (socket, receive) => listen(socket, receive, context) } },
    init() {
      log.info('mod_init', 'initializing UDP-plain protocol');
    },
  };
};

export default createModule;
