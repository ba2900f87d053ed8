// Bundles the start path into dist/: one file for the program, two for the library, one for each module; then the
// manifests of the modules, the page of phone, the types, and the licences of what is in the bundle.
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folders = (await readdir('modules', { withFileTypes: true })).filter((entry) => entry.isDirectory());
const modules = [];
for (const { name } of folders) {
  if ((await readdir(`modules/${name}`)).includes('index.ts')) modules.push(name);
}

/** The grammar's decisions, worked out here from the sources and not at each start. */
const decidedGrammar = {
  name: 'decided grammar',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]decided-grammar\.ts$/ }, async () => ({
      contents: `export const decidedGrammar = ${JSON.stringify(await decisions())};`,
      loader: 'js',
    }));
  },
};

async function decisions() {
  const { outputFiles } = await build({
    entryPoints: ['grammar/parse/parser.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  const { ConfigParser } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  return new ConfigParser().decisions;
}

await rm('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: [
    { in: 'runtime/cli/tsips.ts', out: 'tsips' },
    { in: 'runtime/index.ts', out: 'index' },
    { in: 'runtime/module-exports.ts', out: 'module-exports' },
    ...modules.map((name) => ({ in: `modules/${name}/index.ts`, out: `modules/${name}/index` })),
  ],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['ws', 'winston', 'ajv', 're2js', '@photostructure/sqlite'],
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  metafile: true,
  plugins: [decidedGrammar],
  logLevel: 'warning',
});

for (const name of modules) {
  const file = pathToFileURL(`dist/modules/${name}/index.js`).href;
  const { manifest } = await import(file);
  await writeFile(`dist/modules/${name}/manifest.json`, `${JSON.stringify(manifest, null, 1)}\n`);
}

// The page is served as it stands; JsSIP, which npm has in CommonJS alone, becomes one module of the browser beside it.
const page = 'dist/modules/phone/page';
await cp('modules/phone/page', page, { recursive: true, filter: (path) => !path.endsWith('.md') });
const { metafile: ofPage } = await build({
  stdin: { contents: "export { default } from 'jssip';", resolveDir: '.' },
  outfile: `${page}/jssip.js`,
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  minify: true,
  metafile: true,
  logLevel: 'warning',
});

await mkdir('dist/types', { recursive: true });
for (const folder of ['grammar', 'runtime']) {
  await cp(`build/${folder}`, `dist/types/${folder}`, {
    recursive: true,
    filter: (path) => !/\.(js|js\.map)$/.test(path),
  });
}

/** The packages whose code is in the bundle, by the text of their licence. */
const licences = new Map();
const inputs = [metafile, ofPage].flatMap((each) => Object.keys(each.inputs));
const bundled = inputs.flatMap((path) => /node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
for (const folder of [...new Set(bundled)].sort()) {
  const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} is in the bundle and has no licence file`);
  const text = (await readFile(`${folder}/${file}`, 'utf8')).trim();
  licences.set(text, [...(licences.get(text) ?? []), `${name} ${version}`]);
}
const parts = [...licences].map(([text, packages]) => `## ${packages.join(', ')}\n\n${text}\n`);
await writeFile(
  'dist/THIRD-PARTY-LICENSES.md',
  `# Packages whose code is in these files\n\n${parts.join('\n')}`,
);
