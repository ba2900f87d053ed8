import type {
  FunctionFacts,
  GlobalFacts,
  ParamFacts,
  TransformationFacts,
  VariableFacts,
} from '../catalogue.ts';
import { defaultIn, describeGlobalValue } from '../global-support.ts';
import type { ArgumentKind, CommandSignature, Manifest, ParamSchema } from '../manifest.ts';
import { routeLetters } from '../route-letters.ts';
import { newestVersion } from '../versions/order.ts';
import type { EntryKind, Ours } from './kinds.ts';

/** The facts of OpenSIPS that an entry has in one range of versions, in words; '' where there is no more to say. */
export function describeKnown(kind: EntryKind, facts: object): string {
  return describers[kind](facts)
    .filter((part) => part !== '')
    .join(', ');
}

/** The lines of the catalogue have these fields, by kind; the test of its shape holds them. */
const describers: Readonly<Record<EntryKind, (facts: Partial<AllFacts>) => readonly string[]>> = {
  global: ({ kind = [], values, init, aliases, warned, refused }) => [
    refused ? 'refused by name' : kind.join(' or '),
    values ? `one of ${values.join(', ')}` : '',
    startValue(init),
    aliases ? `also written ${aliases.join(', ')}` : '',
    warned ? 'works with a warning' : '',
  ],
  module: ({ type, builtIn, skippedSince, dependencies = [] }) => [
    type ? `of the class ${type}` : '',
    builtIn ? 'part of the binary' : '',
    skippedSince ? `in the core since ${skippedSince}` : '',
    dependencies.length > 0 ? `needs ${dependencies.join('; ')}` : '',
  ],
  param: ({ type = '', setter, default: documented, init, build }) => [
    type
      .split('|')
      .map((one) => (one === 'int' ? 'integer' : one))
      .join(' or '),
    documented === undefined || documented === 'NULL' ? '' : `default ${documented}`,
    documented === undefined || init !== undefined ? startValue(init) : '',
    setter ? 'may be repeated' : '',
    build ? `only in builds with ${build}` : '',
  ],
  function: describeFunction,
  async: describeFunction,
  variable: ({ forms = '', deprecated }) => [
    typeof forms === 'string' ? forms.split(' ').map(formOfVariable).join('; ') : '',
    deprecated ? 'deprecated' : '',
  ],
  transformation: ({ args = [], min = args.length }) => [argumentList(args, min)],
  event: () => [],
  stat: () => [],
  mi: ({ params, aliases }) => [
    params ? `parameters: ${params.map((set) => (set === '' ? 'none' : set)).join(' | ')}` : '',
    aliases ? `also ${aliases.join(', ')}` : '',
  ],
};

type AllFacts = Omit<FunctionFacts, 'params' | 'forms' | 'aliasOf'> &
  Omit<VariableFacts, 'forms'> &
  TransformationFacts &
  ParamFacts &
  GlobalFacts & {
    readonly forms: string | readonly string[];
    readonly params: readonly string[];
    readonly aliasOf: string;
    readonly builtIn: boolean;
    readonly skippedSince: string;
    readonly dependencies: readonly string[];
  };

function startValue(init: string | undefined): string {
  return init === undefined || init === 'NULL' ? '' : `at start ${init === '' ? '""' : init}`;
}

function describeFunction(facts: Partial<AllFacts>): readonly string[] {
  const { params, forms, min = 0, max = 0, routes, async, aliasOf, binding, build } = facts;
  return [
    params
      ? signature(params)
      : Array.isArray(forms)
        ? forms.map((form) => `(${form})`).join(' or ')
        : counted(min, max),
    routes === undefined ? '' : routesInWords(routes === '*' ? '*' : [...routes]),
    async ? 'also in async()' : '',
    aliasOf ? `the same as ${aliasOf}` : '',
    binding ? 'for other modules, not for scripts' : '',
    build ? `only in builds with ${build}` : '',
  ];
}

function counted(min: number, max: number): string {
  if (max === 0) return 'no arguments';
  const most = min === max ? `${max}` : `${min} to ${max}`;
  return `${most} quoted argument${max === 1 ? '' : 's'}`;
}

const letterWords: Readonly<Record<string, string>> = {
  i: 'integer',
  s: 'string',
  v: 'variable',
  r: 'regex',
};

/** `(string, [integer])`; names stand in front of the kinds where there are any. */
export function signature(kinds: readonly string[], names: readonly string[] = []): string {
  if (kinds.length === 0) return '()';
  const words = kinds.map((kind, at) => {
    const constant = kind.includes('=') ? 'constant ' : '';
    const plain = kind.includes('!') ? ' (not expanded)' : '';
    const name = names[at] === undefined ? '' : `${names[at]}: `;
    const word = `${name}${constant}${letterWords[kind.charAt(0)] ?? kind}${plain}`;
    return kind.endsWith('?') ? `[${word}]` : word;
  });
  return `(${words.join(', ')})`;
}

function argumentList(args: readonly string[], min: number): string {
  if (args.length === 0) return '';
  return `arguments: ${args.map((kind, at) => (at < min ? kind : `[${kind}]`)).join(', ')}`;
}

function routesInWords(letters: readonly string[] | '*'): string {
  if (letters === '*') return 'in all routes';
  const words = Object.entries(routeLetters).flatMap(([word, letter]) =>
    letters.includes(letter) ? [word] : [],
  );
  return `in ${words.join(', ')}`;
}

/** `p` plain or `n` with an inner name, then `i` with an index, `w` assignable. */
function formOfVariable(form: string): string {
  const name = form.startsWith('n') ? '$name(…)' : '$name';
  const parts = [form.includes('i') ? 'with an index' : '', form.includes('w') ? 'assignable' : ''];
  return [name, ...parts.filter((part) => part !== '')].join(', ');
}

/** What this host has, in words, without its description. */
export function describeOurs(ours: Ours): string {
  switch (ours.kind) {
    case 'global': {
      const { value, unit, support } = ours.facts;
      const initial = defaultIn(ours.facts, newestVersion);
      const shown = initial === undefined ? '' : `default ${initial}`;
      return [describeGlobalValue(value), unit ?? '', shown, support === 'works' ? '' : support]
        .filter(Boolean)
        .join(', ');
    }
    case 'module':
      return describeModule(ours.facts);
    case 'param':
      return describeSchema(ours.facts);
    case 'function':
    case 'async':
      return ours.facts.map(describeSignature).join(' or ');
    case 'variable': {
      const { inner = 'none', index, writable } = ours.facts;
      const name =
        typeof inner === 'object'
          ? `${inner.optional ? 'may have ' : ''}one of ${inner.oneOf.join(', ')} in brackets`
          : innerWords[inner];
      return [name, index ? 'takes an index' : '', writable ? 'assignable' : ''].filter(Boolean).join(', ');
    }
    case 'transformation':
      return argumentList(ours.facts.args, ours.facts.min ?? ours.facts.args.length);
    case 'event':
      return ours.facts.params ? `parameters: ${ours.facts.params.join(', ')}` : '';
    case 'stat':
      return ours.facts.gauge ? 'a value that goes up and down' : '';
    case 'mi':
      return `parameters: ${ours.facts.params.map((set) => (set.length === 0 ? 'none' : set.join(' '))).join(' | ')}`;
  }
}

const innerWords = {
  none: '',
  optional: 'may take a name in brackets',
  required: 'takes a name in brackets',
} as const;

function describeModule({ params, commands, variables, tools }: Manifest): string {
  const count = (table: object | undefined, what: string) => {
    const size = Object.keys(table ?? {}).length;
    return size === 0 ? [] : [`${size} ${what}${size === 1 ? '' : 's'}`];
  };
  return [
    ...count(params, 'parameter'),
    ...count(commands, 'function'),
    ...count(variables, 'variable'),
    ...Object.keys(tools ?? {}).map((name) => `tsips ${name}`),
  ].join(', ');
}

function describeSchema(schema: ParamSchema): string {
  const { type, unit, minimum, maximum, default: initial, list } = schema;
  return [
    typeof type === 'string' ? type : type.join(' or '),
    unit ?? '',
    minimum === undefined ? '' : `at least ${minimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    schema.enum ? `one of ${schema.enum.join(', ')}` : '',
    initial === undefined ? '' : `default ${initial === '' ? '""' : initial}`,
    list ? 'may be repeated' : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function describeSignature({ params, paramNames, routes }: CommandSignature): string {
  const kinds: readonly ArgumentKind[] = params;
  return `${signature(kinds, paramNames)}, ${routesInWords(routes)}`;
}
