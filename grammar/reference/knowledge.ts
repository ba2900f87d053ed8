import type { Catalogue } from '../catalogue.ts';
import type { CoreFacts } from '../check-environment.ts';
import type { GlobalSupport } from '../global-support.ts';
import type { Manifest, StatisticFacts } from '../manifest.ts';

/** What the reference is made of: OpenSIPS by the catalogue, this host by its own tables. */
export interface Knowledge {
  /** From `loadWholeCatalogue()`. */
  readonly catalogue: Catalogue;
  /** Those of the modules that come with tsips. */
  readonly manifests: readonly Manifest[];
  readonly core: CoreFacts;
  /** By the name in the catalogue, or a name of our own. */
  readonly globals: ReadonlyMap<string, GlobalSupport>;
  /** The statistics of the core. */
  readonly statistics: Readonly<Record<string, StatisticFacts>>;
  /** The events that the core of the host raises. */
  readonly raisedEvents: ReadonlySet<string>;
}
