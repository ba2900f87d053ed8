import type {
  Command,
  CommandSignature,
  EventParam,
  PreparedArgument,
  ScriptRun,
  ScriptValue,
} from '../../module-exports.ts';
import { textOf } from '../../variables/text.ts';
import type { ScriptEnvironment } from '../environment.ts';
import { result } from '../result.ts';

export const eventSignatures: Readonly<Record<string, CommandSignature>> = {
  raise_event: {
    params: ['s', 'v?', 'v?'],
    paramNames: ['event', 'names', 'values'],
    routes: '*',
    description:
      'tells those that subscribed to an event; the AVPs hold the names and values of its parameters',
  },
  subscribe_event: {
    params: ['s', 's', 'i?'],
    paramNames: ['event', 'place', 'seconds'],
    routes: '*',
    description: 'an event_route (`route:NAME`) is told of an event',
  },
};

/** C: evi_raise_script_event, evi_event_subscribe. */
export function eventCommands({ events, log }: ScriptEnvironment): Readonly<Record<string, Command>> {
  return {
    raise_event: {
      prepare:
        ([event, names, values]) =>
        (run) => {
          const name = textOf(event?.evaluate(run) ?? null);
          if (!events?.isHeard(name)) return result.true;
          const params = paramsOf(run, names, values);
          if (typeof params === 'string') {
            log.error('evi_raise_script_event', params);
            return result.unspecified;
          }
          events.raise(name, params);
          return result.true;
        },
    },
    subscribe_event(_run, event, place, seconds) {
      const where = textOf(place ?? null);
      const refused = events?.subscribe(textOf(event ?? null), where, Number(seconds ?? 0));
      if (refused === undefined) return result.true;
      log.error(
        'evi_event_subscribe',
        refused === 'route' ? `cannot find route ${where}` : `couldn't find a protocol to support ${where}`,
      );
      return result.unspecified;
    },
  };
}

/** Values with the names beside them; a text that tells what is wrong. */
function paramsOf(
  run: ScriptRun,
  names: PreparedArgument | undefined,
  values: PreparedArgument | undefined,
): readonly EventParam[] | string {
  if (!values?.given) return [];
  const given = names?.given ? (names.variable?.getAll(run) ?? []) : undefined;
  const params: EventParam[] = [];
  for (const [at, value] of (values.variable?.getAll(run) ?? []).entries()) {
    const name: ScriptValue | undefined = given?.[at];
    if (given && name === undefined) return 'missing attribute';
    if (typeof name === 'number') return 'invalid attribute name - must be string';
    params.push({ name: name ?? undefined, value });
  }
  return params;
}
