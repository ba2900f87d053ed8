import type { Catalogue } from './catalogue.ts';
import type { GlobalSupport } from './global-support.ts';
import type { CommandSignature, Manifest, TransformationFacts, VariableFacts } from './manifest.ts';
import type { ParamValidator } from './param-faults.ts';
import type { VersionReason } from './versions/evidence.ts';

/** What the checks need to know of the host that would run the config. */
export interface CheckEnvironment {
  readonly catalogue: Catalogue;
  /** The OpenSIPS version that the file is for, `3.6`; absent: guessed from the file. */
  readonly version?: string;
  /** What the guess of the version was made of, where there was one. It is collected again where this is absent. */
  readonly evidence?: readonly VersionReason[];
  /** The host starts although routes use what tsips does not have; what was an error then is a warning. */
  readonly inert: boolean;
  /**
   * Who is asked: `host`, whether this host would start; `opensips`, what that version of OpenSIPS would say: then what
   * only this host lacks is not told, and what the version does not have is an error. Default `host`.
   */
  readonly asked?: 'host' | 'opensips';
  /** OpenSIPS is asked, and what this host would not do is told as well, for each statement. Default false. */
  readonly hostToo?: boolean;
  /**
   * What stands at a path of the machine (relative: to the working directory), undefined where nothing does; absent: paths
   * are not looked at.
   */
  kindOfPath?(path: string): 'file' | 'folder' | 'other' | undefined;
  /** The config is for this machine: what does not exist here is an error. Default false. */
  readonly onThisHost?: boolean;
  /** Where a `loadmodule` line leads to; `path` as it is written. */
  findModule(path: string): ModuleLookup;
  /** What each core global does here, by its name in the catalogue, or a name of our own. */
  readonly globals: ReadonlyMap<string, GlobalSupport>;
  readonly core: CoreFacts;
  /** The events of OpenSIPS that the host raises by itself; absent: nothing is known of them. */
  readonly raisedEvents?: ReadonlySet<string>;
  /** From `loadParamValidator()`. */
  readonly validateParam: ParamValidator;
  /** Protocols of sockets that the command line adds (`-l`). */
  readonly extraListeners?: readonly string[];
}

export type ModuleLookup =
  | { readonly found: true; readonly manifest: Manifest; readonly from: string }
  | {
      readonly found: false;
      /** The places, in order. */
      readonly looked: readonly string[];
      /** A file was found, and this is why it cannot be used. */
      readonly problem?: string;
      /** A file was found, and nothing tells what it exports. */
      readonly unknown?: true;
    };

/** What the core of tsips has, in the form of a manifest; a function may have several signatures. */
export interface CoreFacts {
  readonly commands: Readonly<Record<string, CommandSignature | readonly CommandSignature[]>>;
  readonly asyncCommands?: Readonly<Record<string, CommandSignature | readonly CommandSignature[]>>;
  readonly variables: Readonly<Record<string, VariableFacts>>;
  /** By `class.operation`. */
  readonly transformations: Readonly<Record<string, TransformationFacts>>;
}
