import type {
  Argument,
  Call,
  Config,
  GlobalParameter,
  Host,
  Item,
  ModParam,
  Name,
  Span,
  StringLiteral,
} from '../ast.ts';
import type { GlobalKind, Lifetime } from '../catalogue/facts.ts';
import type { Catalogue, Chapter, ParamFacts } from '../catalogue.ts';
import { faultByCatalogue } from '../checks/facts/arguments.ts';
import { readScript } from '../checks/facts/script.ts';
import { at, versions } from './order.ts';
import type { VersionFact } from './syntax-facts.ts';

/** Something in a config that only some versions have. */
export interface VersionReason {
  /** `the module siptrace`, `the parameter ws_resource of proto_ws`, `esac`. */
  readonly what: string;
  readonly span: Span;
  /** The versions that have it, oldest first; never all and never none. */
  readonly versions: readonly string[];
  /** What says the same weighs once: five parameters that one module lost in one version are one sign. */
  readonly sign: string;
}

/** How a parameter is called in a reason. */
export function whatParam(name: string, module: string): string {
  return `the parameter ${name} of ${module}`;
}

/** All that the config has and only some versions have, each thing once, in the order of the text. */
export function collectEvidence(
  config: Config,
  catalogue: Catalogue,
  facts: readonly VersionFact[],
): VersionReason[] {
  return onceEach([...fromFacts(facts), ...fromItems(config, catalogue)]);
}

/** The first place of each thing, in the order of the text. */
function onceEach(evidence: readonly VersionReason[]): VersionReason[] {
  const first = new Map<string, VersionReason>();
  for (const one of [...evidence].sort((a, b) => a.span.start - b.span.start)) {
    const key = `${one.what} ${one.versions.join()}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/** Nothing where all versions have it, or none. */
function reason(what: string, span: Span, dated: readonly Partial<Lifetime>[], sign = what): VersionReason[] {
  const present = versions.filter((version) => at(dated, version) !== undefined);
  return present.length === 0 || present.length === versions.length
    ? []
    : [{ what, span, versions: present, sign: `${sign} ${present.join()}` }];
}

/** A long file has the same form thousands of times. */
function fromFacts(facts: readonly VersionFact[]): VersionReason[] {
  const first = new Map<string, VersionFact>();
  for (const fact of facts) if (!first.has(fact.feature)) first.set(fact.feature, fact);
  return [...first.values()].flatMap((fact) => reason(fact.feature, fact.span, [fact]));
}

function fromItems(config: Config, catalogue: Catalogue): VersionReason[] {
  const loaded = loadedModules(config, catalogue);
  return [
    ...config.items.flatMap((item) => {
      switch (item.kind) {
        case 'GlobalParameter':
          return fromGlobal(item, catalogue);
        case 'LoadModule':
          return fromModule(item.path.value, item.path.span, catalogue);
        case 'ModParam':
          return fromParam(item, loaded);
        case 'SocketDefinition': {
          const { text, span } = item.protocol;
          return reason(`the protocol ${text.toLowerCase()}`, span, catalogue.protocol(text));
        }
        default:
          return [];
      }
    }),
    ...fromRoutes(config, [catalogue.core, ...loaded], catalogue),
  ];
}

/** The name in the catalogue of what a `loadmodule` line says: folder and ending taken off. */
function moduleNameOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.so$/, '');
}

function loadedModules(config: Config, catalogue: Catalogue): readonly Chapter[] {
  const names = config.items.flatMap((item) =>
    item.kind === 'LoadModule' ? [moduleNameOf(item.path.value)] : [],
  );
  return [...new Set(names)].flatMap((name) => catalogue.module(name) ?? []);
}

function fromGlobal({ name, value }: GlobalParameter, catalogue: Catalogue): VersionReason[] {
  const taken = catalogue.global(name.text).filter((facts) => !facts.refused);
  const fitting = value.kind === 'Number' ? taken.filter(({ kind }) => takesNumber(kind)) : taken;
  if (fitting.length === 0 || fitting.length === taken.length) {
    return reason(`the global parameter ${name.text}`, name.span, taken);
  }
  return reason(`a number for ${name.text}`, value.span, fitting);
}

function takesNumber(kinds: readonly GlobalKind[]): boolean {
  return kinds.some((kind) => kind === 'number' || kind === 'signed-number' || kind === 'boolean');
}

function fromModule(path: string, span: Span, catalogue: Catalogue): VersionReason[] {
  const name = moduleNameOf(path);
  const module = catalogue.module(name);
  return module ? reason(`the module ${name}`, span, [module]) : [];
}

function fromParam({ module, name, value }: ModParam, loaded: readonly Chapter[]): VersionReason[] {
  const pattern = modulePattern(module.value);
  return loaded
    .filter((chapter) => pattern?.test(chapter.name))
    .flatMap((chapter) => {
      const known = chapter.find('param', name.value);
      const ofThisType = known.filter((facts) => takes(facts, value.kind));
      const fitting = ofThisType.length > 0 ? ofThisType : known;
      return reason(whatParam(name.value, chapter.name), name.span, fitting, `parameters of ${chapter.name}`);
    });
}

function takes({ type }: ParamFacts, kind: 'String' | 'Number'): boolean {
  return type === 'int|string' || (type === 'int') === (kind === 'Number');
}

function modulePattern(text: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${text})$`, 'i');
  } catch {
    return undefined;
  }
}

function fromRoutes(config: Config, chapters: readonly Chapter[], catalogue: Catalogue): VersionReason[] {
  const script = readScript(config);
  const known = new Map<string, VersionReason[]>();
  const once = (key: string, find: () => VersionReason[]) => {
    if (!known.has(key)) known.set(key, find());
  };
  for (const { call, as } of script.calls) {
    const kind = as === 'async' ? 'async' : 'function';
    once(`${kind} ${call.name.text} ${call.arguments.map(formOf).join()}`, () =>
      fromCall(call, kind, chapters),
    );
    for (const argument of call.arguments) {
      if (argument.kind === 'String') fromText(argument, chapters, once);
    }
  }
  for (const { text } of script.texts) fromText(text, chapters, once);
  for (const { variable } of script.variables) {
    const { name, nameSpan, transformations } = variable;
    once(`$ ${name}`, () => fromVariable(name, nameSpan, chapters));
    for (const { group, operation, span } of transformations) {
      once(`{ ${group}.${operation}`, () => fromTransformation(`${group}.${operation}`, span, chapters));
    }
  }
  const names = [...config.items.flatMap(namesOf), ...script.routeUses.map((use) => use.name)];
  for (const name of names.sort((one, other) => one.span.start - other.span.start)) {
    if (name.quoted) continue;
    once(`name ${name.text}`, () => fromName(name, catalogue));
  }
  return [...known.values()].flat();
}

/** What the author named in a line of the top level. */
function namesOf(item: Item): readonly (Name | Host)[] {
  if (item.kind === 'RouteBlock') return item.name ? [item.name] : [];
  if (item.kind !== 'SocketDefinition') return [];
  const tags = item.options.flatMap((option) => (option.kind === 'NameOption' ? [option.value] : []));
  return [item.host, ...tags];
}

/** A word that is a keyword of some versions names nothing there. */
function fromName({ text, span }: Name | Host, { core }: Catalogue): VersionReason[] {
  return text.split(/[.-]/).flatMap((word) => {
    const lower = core.find('reserved', word.toLowerCase()).filter(({ anyCase }) => anyCase);
    const reserved = [...core.find('reserved', word), ...lower];
    const free = versions.filter((version) => at(reserved, version) === undefined);
    return reason(
      `${word} as a name`,
      span,
      free.map((version) => ({ since: version, until: version })),
    );
  });
}

type Once = (key: string, find: () => VersionReason[]) => void;

/** The variables in a string; it is not parsed here, a name that the catalogue knows is enough. */
function fromText({ value, span }: StringLiteral, chapters: readonly Chapter[], once: Once): void {
  if (!value.includes('$')) return;
  for (const [, name = ''] of value.matchAll(/\$\(? ?([a-z_]\w*(?:\.\w+)*)/gi)) {
    once(`$ ${name}`, () => fromVariable(name, span, chapters));
  }
}

function fromVariable(name: string, span: Span, chapters: readonly Chapter[]): VersionReason[] {
  const known = chapters.flatMap((chapter) => chapter.find('variable', name));
  return reason(`$${name}`, span, known);
}

function fromTransformation(name: string, span: Span, chapters: readonly Chapter[]): VersionReason[] {
  const known = chapters.flatMap((chapter) => chapter.find('transformation', name));
  return reason(`{${name}}`, span, known);
}

function fromCall(call: Call, kind: 'function' | 'async', chapters: readonly Chapter[]): VersionReason[] {
  const name = call.name.text;
  const exported = chapters.flatMap((chapter) => chapter.find(kind, name));
  if (exported.length === 0 && kind === 'function') {
    const statements = chapters.flatMap((chapter) => chapter.find('statement', name));
    return reason(`the function ${name}`, call.name.span, statements);
  }
  const fitting = exported.filter((facts) => !faultByCatalogue(call.arguments, facts, 'strict'));
  const named = reason(`the function ${name}`, call.name.span, exported);
  if (fitting.length === 0 || fitting.length === exported.length) return named;
  return reason(`${name}() with these arguments`, call.name.span, fitting, 'forms of arguments');
}

/** s string, n number, v variable, e empty, ? anything else. */
function formOf(argument: Argument): 's' | 'n' | 'v' | 'e' | '?' {
  switch (argument.kind) {
    case 'String':
      return 's';
    case 'Number':
      return 'n';
    case 'Variable':
      return 'v';
    case 'EmptyArgument':
      return 'e';
    default:
      return '?';
  }
}
