import type { CheckSurroundings } from '../../runtime/module-exports.ts';

/** What reading the files of a domain needs beside the domain. */
export interface ReadingTools {
  readonly resolvePath: (path: string) => string;
  readonly now: () => Date;
  /** Where `private_key_password "env:NAME"` looks. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly becomes?: CheckSurroundings['becomes'];
}
