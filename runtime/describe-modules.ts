import { paramsGivenTo } from '../grammar/index.ts';
import type { CheckedConfig } from './check-config.ts';
import { type MissingDependency, type ModuleEdge, type ModuleNode, orderModules } from './module-order.ts';

interface DescribedModule extends ModuleNode {
  readonly from: string;
  readonly place: string;
}

/**
 * What `tsips modules` prints: the modules in the order of their start, where each came from, what each needs
 * and why, then those that are not there. Lines end with a newline.
 */
export function describeModules(checked: Pick<CheckedConfig, 'modules' | 'parsed'>): string {
  const { modules: lines, parsed } = checked;
  const nodes: DescribedModule[] = lines.flatMap(({ item, answer, again }) => {
    if (!answer.found || again) return [];
    const { manifest, file } = answer;
    const given = paramsGivenTo(manifest.name, item, parsed.config);
    return [{ manifest, given, from: file.file, place: places[file.place] }];
  });
  const { modules, edges, missing, circles } = orderModules(nodes);
  const width = Math.max(0, ...modules.map(({ manifest }) => manifest.name.length));
  const about = modules.flatMap((node, index) => [
    `${String(index + 1).padStart(3)}. ${node.manifest.name.padEnd(width)}  ${node.place}  ${node.from}`,
    ...edges
      .filter(({ from }) => from === node.manifest.name)
      .map((edge) => `       needs ${edge.to}${why(edge)}`),
    ...missing
      .filter(({ from, dependency }) => from === node.manifest.name && dependency.missing !== 'silent')
      .map((need) => `       ${lacks(need)}`),
    ...Object.entries(node.manifest.tools ?? {}).map(
      ([name, { usage, description }]) => `       brings tsips ${name} ${usage}: ${description}`,
    ),
  ]);
  const absent = lines.flatMap(({ item, answer }) =>
    answer.found
      ? []
      : [
          `  -  ${item.path.value}: ${answer.problem ?? 'not found'}`,
          ...answer.looked.map((path) => `       ${path}`),
        ],
  );
  const rings = circles.map((circle) => `  !  in a circle: ${circle.join(' → ')}`);
  return [...about, ...absent, ...rings].map((line) => `${line}\n`).join('');
}

const places = { path: 'by its path', mpath: 'mpath      ', bundled: 'bundled    ' } as const;

function why({ dependency, param }: ModuleEdge): string {
  const kind = dependency.kind === undefined ? '' : ` (any ${dependency.kind})`;
  return `${kind}${param === undefined ? '' : ` because of ${param}`}`;
}

function lacks({ dependency, param }: MissingDependency): string {
  const verb = dependency.missing === 'abort' ? 'needs' : 'would like';
  const what = dependency.module ?? `any ${dependency.kind}`;
  return `${verb} ${what}${param === undefined ? '' : ` because of ${param}`}: not loaded`;
}
