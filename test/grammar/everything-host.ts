import type { Catalogue, Chapter } from '../../grammar/catalogue.ts';
import type { CheckEnvironment, CoreFacts, ModuleLookup } from '../../grammar/check-environment.ts';
import type {
  ArgumentKind,
  CommandSignature,
  Dependency,
  Manifest,
  ParamSchema,
  ProtocolFacts,
  RouteLetter,
  VariableFacts,
} from '../../grammar/manifest.ts';
import type { ParamValidator } from '../../grammar/param-faults.ts';
import { globalSupport } from '../../runtime/globals.ts';

/**
 * A host that has all that OpenSIPS ever had, made from the catalogue: what it refuses, OpenSIPS should refuse. A
 * module that tsips has not is one of tsips here, so that the checks judge its functions and parameters.
 */
export function everythingEnvironment(
  catalogue: Catalogue,
  validateParam: ParamValidator,
  version?: string,
): CheckEnvironment {
  return {
    catalogue,
    validateParam,
    inert: false,
    globals: globalSupport,
    core: coreOf(catalogue),
    findModule: (path) => findModule(path, catalogue),
    ...(version !== undefined && { version }),
  };
}

function findModule(path: string, catalogue: Catalogue): ModuleLookup {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.so$/, '');
  const chapter = catalogue.module(name);
  if (!chapter) return { found: false, looked: [path] };
  return { found: true, manifest: manifestOf(chapter, catalogue), from: path };
}

function manifestOf(chapter: Chapter, catalogue: Catalogue): Manifest {
  return {
    name: chapter.name,
    ...(chapter.type !== undefined && { kind: chapter.type }),
    dependencies: chapter.names('dep').flatMap((name): Dependency[] => {
      const [facts] = chapter.find('dep', name);
      if (!facts || facts.param !== undefined) return [];
      const missing = facts.missing;
      return [name.startsWith('@') ? { kind: name.slice(1), missing } : { module: name, missing }];
    }),
    commands: commandsOf(chapter, 'function'),
    asyncCommands: commandsOf(chapter, 'async'),
    params: Object.fromEntries(chapter.names('param').map((name) => [name, paramOf(chapter, name)])),
    variables: variablesOf(chapter),
    transformations: transformationsOf(chapter),
    protocols: Object.fromEntries(
      catalogue.core.names('protocol').flatMap((name): [string, ProtocolFacts][] => {
        const facts = catalogue.protocol(name).at(-1);
        if (facts?.module !== chapter.name) return [];
        const transport = facts.transport ?? 'datagram';
        return [[name, { description: name, defaultPort: facts.port ?? 5060, transport }]];
      }),
    ),
  };
}

/** The commands that log have a grammar of their own, so the catalogue does not have their forms. */
export const logSignatures: CoreFacts['commands'] = {
  xlog: [
    { params: ['s'], routes: '*' },
    { params: ['s!', 's'], routes: '*' },
  ],
  log: [
    { params: ['s!'], routes: '*' },
    { params: ['i=', 's!'], routes: '*' },
  ],
  xdbg: { params: ['s'], routes: '*' },
};

function coreOf({ core }: Catalogue): CoreFacts {
  return {
    commands: {
      ...commandsOf(core, 'function'),
      ...logSignatures,
      error: { params: ['s!', 's!'], routes: '*' },
      setdebug: { params: ['i=?'], routes: '*' },
    },
    variables: variablesOf(core),
    transformations: transformationsOf(core),
  };
}

/** One signature for all variants: the newest kinds, as many as any version takes, none asked for that one does without. */
function commandsOf(
  chapter: Chapter,
  kind: 'function' | 'async',
): Readonly<Record<string, CommandSignature>> {
  const signature = (name: string): CommandSignature => {
    const variants = chapter.find(kind, name);
    const least = Math.min(...variants.map(({ min }) => min));
    const most = Math.max(...variants.map(({ max }) => max));
    const kinds = variants.flatMap(({ params }) => params ?? []);
    const newest = variants.findLast(({ params }) => params)?.params ?? [];
    const letters = variants.map(({ routes = '*' }) => routes).join('');
    const params = Array.from({ length: most }, (_, at) => {
      const plain = (newest[at] ?? kinds[at] ?? 's').replace('?', '');
      return at < least ? plain : `${plain}?`;
    });
    return {
      params: params.filter(isKind),
      routes: letters.includes('*') ? '*' : [...letters].filter(isLetter),
    };
  };
  return Object.fromEntries(chapter.names(kind).map((name) => [name, signature(name)]));
}

export const isKind = (kind: string): kind is ArgumentKind => /^[isvr]=?!?\??$/.test(kind);
const isLetter = (letter: string): letter is RouteLetter => /^[RFOBELSTV]$/.test(letter);

function paramOf(chapter: Chapter, name: string): ParamSchema {
  const types = chapter.find('param', name).flatMap(({ type }) => type.split('|'));
  const both = types.includes('int') && types.includes('string');
  return {
    type: both ? ['integer', 'string'] : types.includes('int') ? 'integer' : 'string',
    description: name,
  };
}

function variablesOf(chapter: Chapter): Readonly<Record<string, VariableFacts>> {
  return Object.fromEntries(
    chapter.names('variable').map((name) => {
      const forms = chapter.find('variable', name).flatMap((facts) => facts.forms.split(' '));
      const plain = chapter.name !== 'core' || forms.some((form) => form.startsWith('p'));
      const inner = forms.some((form) => form.startsWith('n'));
      return [
        name,
        {
          description: name,
          inner: inner ? (plain ? 'optional' : 'required') : 'none',
          index: forms.some((form) => form.includes('i')),
          writable: forms.some((form) => form.includes('w')),
        },
      ];
    }),
  );
}

function transformationsOf(chapter: Chapter) {
  return Object.fromEntries(
    chapter.names('transformation').map((name) => {
      const facts = chapter.find('transformation', name).at(-1);
      const args = (facts?.args ?? []).map((kind) =>
        kind === 'int' ? ('int' as const) : ('string' as const),
      );
      return [name, { description: name, args, ...(facts?.min !== undefined && { min: facts.min }) }];
    }),
  );
}
