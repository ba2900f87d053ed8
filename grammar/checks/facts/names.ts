import type {
  Catalogue,
  FunctionFacts,
  TransformationFacts as KnownTransformation,
  VariableFacts as KnownVariable,
  Owned,
} from '../../catalogue.ts';
import type { CheckEnvironment } from '../../check-environment.ts';
import type { CommandSignature, Manifest, TransformationFacts, VariableFacts } from '../../manifest.ts';
import { type Answer, lookUp } from './answers.ts';
import type { Modules } from './modules.ts';

/** A function has one signature or several. */
export type Signatures = CommandSignature | readonly CommandSignature[];
export type FunctionAnswer = Answer<Signatures, Owned<FunctionFacts>>;
export type VariableAnswer = Answer<VariableFacts, Owned<KnownVariable>>;
type TransformationAnswer = Answer<TransformationFacts, Owned<KnownTransformation>>;

/** `async`: as the first argument of `async()` or `launch()`. */
type CallKind = 'call' | 'async';

/** What names lead to, each looked for once; and the names that there are, for suggestions. */
export interface Names {
  function(name: string, as: CallKind): FunctionAnswer;
  variable(name: string): VariableAnswer;
  /** By `class.operation`. */
  transformation(name: string): TransformationAnswer;
  functionNames(as: CallKind): readonly string[];
  variableNames(): readonly string[];
  transformationNames(): readonly string[];
}

/** @param version The OpenSIPS version that the file is for. */
export function createNames(environment: CheckEnvironment, modules: Modules, version: string): Names {
  const { core, catalogue } = environment;
  const manifests = modules.ours.map(({ manifest }) => manifest);
  const ofInert = (kind: 'function' | 'async' | 'variable' | 'transformation') =>
    modules.inert.flatMap(({ chapter }) => chapter.names(kind));

  const plain = (name: string): FunctionAnswer =>
    lookUp<Signatures, Owned<FunctionFacts>>(
      name,
      {
        core: core.commands,
        tableOf: ({ commands }) => commands,
        known: (one) => [...catalogue.function(one), ...statementsOf(one, catalogue)],
      },
      modules,
      version,
    );
  const asynchronous = (name: string): FunctionAnswer =>
    lookUp<Signatures, Owned<FunctionFacts>>(
      name,
      {
        core: core.asyncCommands ?? {},
        tableOf: ({ asyncCommands }) => asyncCommands,
        known: catalogue.asyncFunction,
      },
      modules,
      version,
    );
  const functions = { call: remember(plain), async: remember(asynchronous) };

  return {
    function: (name, as) => functions[as](name),
    variable: remember((name) =>
      lookUp<VariableFacts, Owned<KnownVariable>>(
        name,
        { core: core.variables, tableOf: ({ variables }) => variables, known: catalogue.variable },
        modules,
        version,
      ),
    ),
    transformation: remember((name) =>
      lookUp<TransformationFacts, Owned<KnownTransformation>>(
        name,
        {
          core: core.transformations,
          tableOf: ({ transformations }) => transformations,
          known: catalogue.transformation,
        },
        modules,
        version,
      ),
    ),
    functionNames: (as) =>
      as === 'async'
        ? [...keys(core.asyncCommands), ...manifests.flatMap(asyncNames), ...ofInert('async')]
        : [...keys(core.commands), ...manifests.flatMap(commandNames), ...ofInert('function')],
    variableNames: () => [
      ...keys(core.variables),
      ...manifests.flatMap(({ variables }) => keys(variables)),
      ...ofInert('variable'),
    ],
    transformationNames: () => [
      ...keys(core.transformations),
      ...manifests.flatMap(({ transformations }) => keys(transformations)),
      ...ofInert('transformation'),
    ],
  };
}

/** Statements with a syntax of their own, such as `log(1, "text")`: functions of the core for all who call them. */
function statementsOf(name: string, { core }: Catalogue): Owned<FunctionFacts>[] {
  return core.find('statement', name).map(({ forms, ...facts }) => {
    const counts = forms.map((form) => (form === '' ? 0 : form.split(',').length));
    return { ...facts, forms, min: Math.min(...counts), max: Math.max(...counts), module: 'core' };
  });
}

const keys = (table: object | undefined) => Object.keys(table ?? {});
const commandNames = ({ commands }: Manifest) => keys(commands);
const asyncNames = ({ asyncCommands }: Manifest) => keys(asyncCommands);

function remember<T>(ask: (name: string) => T): (name: string) => T {
  const answers = new Map<string, T>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    const fresh = ask(name);
    answers.set(name, fresh);
    return fresh;
  };
}
