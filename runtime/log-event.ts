import { AsyncLocalStorage } from 'node:async_hooks';
import { formatTime, type Log, levelFacts } from './log/index.ts';
import type { EventParam, Events } from './module-exports.ts';

const name = 'E_CORE_LOG';

/**
 * Lines of the log raise E_CORE_LOG up to a level, all of them where none is given. Whatever is written while the event
 * is handled raises none, also where the event_route waits. Answers what ends it. C: event_dprint.
 */
export function raiseLogEvents(
  log: Pick<Log, 'settings' | 'listen'>,
  events: Events,
  levelLimit = Number.POSITIVE_INFINITY,
): () => void {
  const handling = new AsyncLocalStorage<true>();
  return log.listen(({ level, module, caller, message, time }) => {
    if (level > levelLimit || handling.getStore() || !events.isHeard(name)) return;
    const { prefix } = log.settings;
    const params: EventParam[] = [
      { name: 'time', value: formatTime(time) },
      { name: 'pid', value: process.pid },
      { name: 'level', value: levelFacts(level).text },
    ];
    if (module !== undefined && caller !== undefined) {
      params.push({ name: 'module', value: module }, { name: 'function', value: caller });
    }
    if (prefix !== '') params.push({ name: 'prefix', value: prefix });
    params.push({ name: 'message', value: message.replace(/\n$/, '') });
    handling.run(true, () => events.raise(name, params));
  });
}
