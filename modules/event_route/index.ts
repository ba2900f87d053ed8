import type {
  Command,
  Manifest,
  ModuleFactory,
  PreparedArgument,
  RouteFrame,
  ScriptValue,
  VariableReference,
} from '../../runtime/module-exports.ts';

export const manifest = {
  name: 'event_route',
  description: 'Parameters of events for files of 2.x; event_routes themselves belong to the core.',
  versions: { until: '3.5' },
  commands: {
    fetch_event_params: {
      params: ['s!'],
      paramNames: ['[name=]variable;…'],
      routes: ['R', 'V'],
      until: '2.4',
      description: 'Puts parameters of the event into variables, by name or in their order.',
    },
  },
} as const satisfies Manifest;

interface Target {
  /** Without one the parameter of that place is meant, counted from 0. */
  readonly name: string | undefined;
  readonly place: number;
  readonly variable: VariableReference;
}

const fetchEventParams: Command = {
  prepare([list]) {
    const targets = targetsOf(list);
    return (run) => {
      const event = run.routeStack.find(({ paramNames }) => paramNames !== undefined);
      if (!event) return false;
      for (const target of targets) target.variable.set(run, parameterOf(event, target));
      return true;
    };
  },
};

/** Errors: for what is no variable. */
function targetsOf(list: PreparedArgument | undefined): readonly Target[] {
  let place = 0;
  return String(list?.constant ?? '')
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, name, text = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(part) ?? [];
      const variable = list?.variableIn(text.trim());
      if (!variable) throw new TypeError(`${text.trim()} is no variable`);
      return { name: name?.trim(), place: name === undefined ? place++ : -1, variable };
    });
}

function parameterOf({ params, paramNames }: RouteFrame, { name, place }: Target): ScriptValue {
  return params[name === undefined ? place : (paramNames?.indexOf(name) ?? -1)] ?? null;
}

const createModule: ModuleFactory = () => ({ commands: { fetch_event_params: fetchEventParams } });

export default createModule;
