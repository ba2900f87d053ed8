import { readdirSync } from 'node:fs';
import type { Manifest } from '../grammar/index.ts';
import { bundledFolder } from './module-files.ts';
import { lookUpModule } from './module-loader.ts';

/** The manifests of all modules that come with tsips, by name. Where they are packaged as JSON no code of them runs. */
export async function bundledManifests(bundled = bundledFolder()): Promise<readonly Manifest[]> {
  const folders = readdirSync(bundled, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).sort();
  const answers = await Promise.all(
    names.map((name) => lookUpModule(name, { mpaths: [], bases: [], bundled })),
  );
  return answers.flatMap((answer) => (answer.found ? [answer.manifest] : []));
}
