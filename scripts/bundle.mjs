// Bundles the start path into dist/: one file for the program, one for the library, one for each module.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folders = (await readdir('modules', { withFileTypes: true })).filter((entry) => entry.isDirectory());
const modules = [];
for (const { name } of folders) {
  if ((await readdir(`modules/${name}`)).includes('index.ts')) modules.push(name);
}

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: [
    { in: 'runtime/cli/tsips.ts', out: 'tsips' },
    { in: 'runtime/index.ts', out: 'index' },
    ...modules.map((name) => ({ in: `modules/${name}/index.ts`, out: `modules/${name}/index` })),
  ],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['ws', 'winston', 'ajv'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  minifySyntax: true,
  logLevel: 'warning',
});

for (const name of modules) {
  const file = pathToFileURL(`dist/modules/${name}/index.js`).href;
  const { manifest } = await import(file);
  await writeFile(`dist/modules/${name}/manifest.json`, `${JSON.stringify(manifest, null, 1)}\n`);
}

await mkdir('dist/types', { recursive: true });
for (const folder of ['grammar', 'runtime']) {
  await cp(`build/${folder}`, `dist/types/${folder}`, {
    recursive: true,
    filter: (path) => !/\.(js|js\.map)$/.test(path),
  });
}
