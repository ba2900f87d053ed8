import {
  answersDependency,
  type Dependency,
  dependenciesOf,
  type GivenValue,
  type Manifest,
} from '../grammar/index.ts';

/** A module as the order needs it. */
export interface ModuleNode {
  readonly manifest: Manifest;
  /** What the config gives to its parameters, in order; defaults are not in it. */
  readonly given: readonly GivenValue[];
}

/** `from` needs `to`. */
export interface ModuleEdge {
  readonly from: string;
  readonly to: string;
  readonly dependency: Dependency;
  /** The parameter whose value makes the dependency. */
  readonly param?: string;
}

export interface MissingDependency {
  readonly from: string;
  readonly dependency: Dependency;
  readonly param?: string;
}

interface ModuleOrder<Node extends ModuleNode> {
  /** The order of init; destroy goes backwards. Modules of a circle stand in file order. */
  readonly modules: readonly Node[];
  readonly edges: readonly ModuleEdge[];
  readonly missing: readonly MissingDependency[];
  /** Each as its path: `a`, `b`, `a`. */
  readonly circles: readonly (readonly string[])[];
}

/**
 * Puts modules in the order of their dependencies, otherwise as in the file. A circle that one `silent`
 * dependency closes is opened there, because `silent` only asks for an order where one is possible.
 * (OpenSIPS detects no circles: sr_module_deps.h.)
 */
export function orderModules<Node extends ModuleNode>(nodes: readonly Node[]): ModuleOrder<Node> {
  const { edges, missing } = graphOf(nodes);
  const { modules, circles } = sort(nodes, edges);
  return { modules, edges, missing, circles };
}

function graphOf(nodes: readonly ModuleNode[]) {
  const edges: ModuleEdge[] = [];
  const missing: MissingDependency[] = [];
  for (const node of nodes) {
    const from = node.manifest.name;
    for (const { dependency, param } of dependenciesOf(node.manifest, node.given)) {
      const because = { from, dependency, ...(param && { param: param.name }) };
      const targets = nodes.filter((other) => answersDependency(other.manifest, dependency, from));
      if (targets.length === 0) missing.push(because);
      for (const target of targets) edges.push({ ...because, to: target.manifest.name });
    }
  }
  return { edges, missing };
}

function sort<Node extends ModuleNode>(nodes: readonly Node[], edges: readonly ModuleEdge[]) {
  let kept = edges;
  for (;;) {
    const { modules, circles } = visitAll(nodes, kept);
    const opened = silentEdgeOf(circles, kept);
    if (opened === undefined) return { modules, circles };
    kept = kept.filter((edge) => edge !== opened);
  }
}

function silentEdgeOf(circles: readonly (readonly string[])[], edges: readonly ModuleEdge[]) {
  for (const circle of circles) {
    const closing = edges.find(
      ({ from, to, dependency }) =>
        dependency.missing === 'silent' && circle.some((name, at) => name === from && circle[at + 1] === to),
    );
    if (closing) return closing;
  }
  return undefined;
}

/** Depth first in file order: what a module needs comes before it. */
function visitAll<Node extends ModuleNode>(nodes: readonly Node[], edges: readonly ModuleEdge[]) {
  const byName = new Map(nodes.map((node) => [node.manifest.name, node]));
  const needs = new Map<string, string[]>();
  for (const { from, to } of edges) needs.set(from, [...(needs.get(from) ?? []), to]);
  const done = new Set<string>();
  const path: string[] = [];
  const modules: Node[] = [];
  const circles: string[][] = [];

  const visit = (name: string) => {
    if (done.has(name)) return;
    const open = path.indexOf(name);
    if (open >= 0) {
      circles.push([...path.slice(open), name]);
      return;
    }
    path.push(name);
    for (const need of needs.get(name) ?? []) visit(need);
    path.pop();
    done.add(name);
    const node = byName.get(name);
    if (node) modules.push(node);
  };

  for (const node of nodes) visit(node.manifest.name);
  return { modules, circles };
}
