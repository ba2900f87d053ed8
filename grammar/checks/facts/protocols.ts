import type { CheckEnvironment } from '../../check-environment.ts';
import { suggest } from '../../findings/suggest.ts';
import type { ProtocolFacts } from '../../manifest.ts';
import type { InertModule, Modules } from './modules.ts';

/** What a protocol of a socket line leads to. */
type ProtocolAnswer =
  | { readonly state: 'ours'; readonly facts: ProtocolFacts; readonly module: string }
  /** Its module is loaded, and only OpenSIPS has it. */
  | { readonly state: 'inert'; readonly module: InertModule }
  /** OpenSIPS has it by itself, or in its version of a loaded module; tsips has not. */
  | { readonly state: 'not in tsips' }
  | { readonly state: 'not loaded'; readonly module: string }
  /** Its module was not found; that has been reported. */
  | { readonly state: 'hidden' }
  | { readonly state: 'unknown'; readonly near?: string };

/** Follows a protocol, in any case, to the module that handles it. */
export function findProtocol(name: string, environment: CheckEnvironment, modules: Modules): ProtocolAnswer {
  const protocol = name.toLowerCase();
  for (const { manifest } of modules.ours) {
    const facts = Object.hasOwn(manifest.protocols ?? {}, protocol)
      ? manifest.protocols?.[protocol]
      : undefined;
    if (facts) return { state: 'ours', facts, module: manifest.name };
  }
  const known = environment.catalogue.protocol(protocol);
  if (known.length === 0) {
    if (modules.mayHideNames) return { state: 'hidden' };
    const near = suggest(protocol, protocolNames(environment, modules));
    return { state: 'unknown', ...(near !== undefined && { near }) };
  }
  const owner = known.at(-1)?.module;
  if (owner === undefined) return { state: 'not in tsips' };
  const module = modules.byName.get(owner);
  switch (module?.state) {
    case undefined:
      return modules.wasReported(owner) ? { state: 'hidden' } : { state: 'not loaded', module: owner };
    case 'inert':
      return { state: 'inert', module };
    case 'ours':
      return { state: 'not in tsips' };
    case 'missing':
      return { state: 'hidden' };
  }
}

function protocolNames({ catalogue }: CheckEnvironment, modules: Modules): readonly string[] {
  const ours = modules.ours.flatMap(({ manifest }) => Object.keys(manifest.protocols ?? {}));
  return [...catalogue.core.names('protocol'), ...ours];
}
