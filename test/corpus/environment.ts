import type { Catalogue } from '../../grammar/catalogue.ts';
import type { CheckEnvironment, CoreFacts, ModuleLookup } from '../../grammar/check-environment.ts';
import type { GlobalSupport } from '../../grammar/global-support.ts';
import type { Manifest } from '../../grammar/manifest.ts';
import type { ParamValidator } from '../../grammar/param-faults.ts';
import { manifest as avpops } from '../../modules/avpops/index.ts';
import { manifest as cfgutils } from '../../modules/cfgutils/index.ts';
import { manifest as maxfwd } from '../../modules/maxfwd/index.ts';
import { manifest as protoTcp } from '../../modules/proto_tcp/index.ts';
import { manifest as protoUdp } from '../../modules/proto_udp/index.ts';
import { manifest as protoWs } from '../../modules/proto_ws/index.ts';
import { manifest as signaling } from '../../modules/signaling/index.ts';
import { manifest as sipmsgops } from '../../modules/sipmsgops/index.ts';
import { manifest as sl } from '../../modules/sl/index.ts';
import { globalSupport } from '../../runtime/globals.ts';
import { raisedEvents } from '../../runtime/raised-events.ts';
import { isKind, logSignatures } from '../grammar/everything-host.ts';

/** Modules that exist for these tests only. */
const examples: readonly Manifest[] = [
  {
    name: 'doors',
    params: {
      port: { type: 'integer', description: 'a port', minimum: 1, maximum: 65535 },
      wait: { type: 'integer', description: 'patience', minimum: 0, unit: 'milliseconds' },
      path: { type: 'string', description: 'a path', pattern: '^/' },
      mode: { type: 'string', description: 'a word', enum: ['strict', 'loose'] },
      guest: { type: 'string', description: 'who may enter', list: true },
      either: { type: ['integer', 'string'], description: 'a number or a text' },
      memory: { type: 'integer', description: 'of C', noEffect: 'there is no such memory here' },
    },
  },
  {
    name: 'talker',
    commands: { say: { params: ['s?', 's?'], routes: '*' } },
    variables: {
      said: { description: 'what was said', inner: 'none', index: false },
      standing: { description: 'a name with a word of OpenSIPS in it', inner: 'none', index: false },
    },
    transformations: { 'talk.loud': { description: 'louder', args: [] } },
  },
  { name: 'options', params: { accept: { type: 'string', description: 'a body' } } },
  { name: 'sleeper', asyncCommands: { doze: { params: ['i'], routes: '*' } } },
  { name: 'twin_a', params: { size: integer(), only_a: integer() } },
  { name: 'twin_b', params: { size: integer() } },
  {
    name: 'needy',
    dependencies: [
      { module: 'sl', missing: 'abort' },
      { kind: 'cachedb', missing: 'warn' },
      { module: 'signaling', missing: 'silent' },
    ],
    dependenciesFromParams: { db_url: [{ kind: 'sqldb', missing: 'abort', when: { is: 'not-empty' } }] },
    params: { db_url: { type: 'string', description: 'a database' } },
  },
  { name: 'storage', kind: 'sqldb' },
  { name: 'memory', kind: 'cachedb' },
  { name: 'on_tm', dependencies: [{ module: 'tm', missing: 'abort' }] },
  { name: 'selfish', dependencies: [{ module: 'selfish', missing: 'abort' }] },
  { name: 'ring_a', dependencies: [{ module: 'ring_b', missing: 'abort' }] },
  { name: 'ring_b', dependencies: [{ module: 'ring_c', missing: 'warn' }] },
  { name: 'ring_c', dependencies: [{ module: 'ring_a', missing: 'abort' }] },
  { name: 'shy_a', dependencies: [{ module: 'shy_b', missing: 'silent' }] },
  { name: 'shy_b', dependencies: [{ module: 'shy_a', missing: 'silent' }] },
];

function integer() {
  return { type: 'integer', description: 'a number' } as const;
}

const manifests: ReadonlyMap<string, Manifest> = new Map(
  [avpops, cfgutils, maxfwd, protoTcp, protoUdp, protoWs, signaling, sipmsgops, sl, ...examples].map(
    (manifest) => [manifest.name, manifest],
  ),
);

function findModule(path: string): ModuleLookup {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.so$/, '');
  if (name === 'broken') return { found: false, looked: ['mods/broken.js'], problem: 'it has no manifest' };
  if (name === 'sealed') return { found: false, looked: ['mods/sealed/index.js'], unknown: true };
  const manifest = manifests.get(name);
  if (manifest) return { found: true, manifest, from: `mods/${name}/index.js` };
  return { found: false, looked: [`mods/${name}/index.js`, `mods/${name}.js`] };
}

/** The globals of the runtime, which take effect here but for these. */
const otherSupport: ReadonlyMap<string, GlobalSupport['support']> = new Map([
  ['shm_hash_split_percentage', 'no effect'],
  ['mem_log', 'no effect'],
  ['memdump', 'no effect'],
  ['children', 'no effect'],
  ['dns_try_ipv6', 'later'],
  ['db_default_url', 'later'],
]);
const globals: ReadonlyMap<string, GlobalSupport> = new Map(
  [...globalSupport].map(([name, facts]) => [name, { ...facts, support: otherSupport.get(name) ?? 'works' }]),
);

/** What the core of these tests lacks, for the findings about that. */
const lacking: ReadonlySet<string> = new Set(['cache_store', 'TS', 's.b64encode']);

/** All that the core of OpenSIPS ever had, but for what is lacking. */
function coreOf(catalogue: Catalogue): CoreFacts {
  const { core } = catalogue;
  const named = <T>(names: readonly string[], make: (name: string) => T) =>
    Object.fromEntries(names.filter((name) => !lacking.has(name)).map((name) => [name, make(name)]));
  return {
    commands: {
      ...named(core.names('function'), (name) => ({
        params: (core.find('function', name).findLast(({ params }) => params)?.params ?? []).filter(isKind),
        routes: '*',
      })),
      ...logSignatures,
    },
    variables: named(core.names('variable'), (name) => {
      const forms = core.find('variable', name).flatMap((facts) => facts.forms.split(' '));
      const plain = forms.some((form) => form.startsWith('p'));
      const inner = forms.some((form) => form.startsWith('n'));
      return {
        description: name,
        ...(inner && { inner: plain ? 'optional' : 'required' }),
        ...(forms.some((form) => form.includes('i')) && { index: true }),
        writable: forms.some((form) => form.includes('w')),
      };
    }),
    transformations: named(core.names('transformation'), (name) => {
      const facts = core.find('transformation', name).at(-1);
      return {
        description: name,
        args: (facts?.args ?? []).map((kind) => (kind === 'int' || kind === 'char' ? kind : 'string')),
        ...(facts?.min !== undefined && { min: facts.min }),
      };
    }),
  };
}

/** Nothing is below /missing/, folders end with a slash or stand in /folders/, and all else is a file. */
function kindOfPath(path: string): 'file' | 'folder' | undefined {
  if (path.startsWith('/missing/')) return undefined;
  return path.endsWith('/') || path === '/run' || path.startsWith('/folders/') ? 'folder' : 'file';
}

/** The host that the files of the corpus are checked for. */
export function corpusEnvironment(
  catalogue: Catalogue,
  validateParam: ParamValidator,
  options: Pick<CheckEnvironment, 'inert' | 'asked' | 'hostToo' | 'onThisHost' | 'version'>,
): CheckEnvironment {
  return {
    catalogue,
    validateParam,
    findModule,
    globals,
    core: coreOf(catalogue),
    raisedEvents,
    kindOfPath,
    ...options,
  };
}
