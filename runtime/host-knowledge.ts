import { loadWholeCatalogue } from '../grammar/index.ts';
import type { Knowledge } from '../grammar/tools.ts';
import { bundledManifests } from './bundled-manifests.ts';
import { globalSupport } from './globals.ts';
import { raisedEvents } from './raised-events.ts';
import { coreCommands, coreTransformations, coreVariables } from './script/index.ts';
import { coreStatistics } from './statistics.ts';

/** What the reference (`tsips doc`, `tsips schema`) is made of. */
export async function hostKnowledge(): Promise<Knowledge> {
  const [catalogue, manifests] = await Promise.all([loadWholeCatalogue(), bundledManifests()]);
  return {
    catalogue,
    manifests,
    core: { commands: coreCommands, variables: coreVariables, transformations: coreTransformations },
    globals: globalSupport,
    statistics: coreStatistics,
    raisedEvents,
  };
}
