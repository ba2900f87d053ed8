import { isContainer, type JsonArray, type JsonNode } from './json-node.ts';
import type { JsonPath, Step } from './json-path.ts';

/** The JSON values of one run, by name; undefined for one that was never set. */
export type JsonStore = Map<string, JsonNode>;

/** What stands at a path; undefined where there is nothing, and null for JSON's null. */
export function readAt(store: JsonStore, { name, steps }: JsonPath): JsonNode | undefined {
  let node = store.get(name);
  for (const step of steps) node = child(node, step);
  return node;
}

function child(node: JsonNode | undefined, step: Step): JsonNode | undefined {
  if (!isContainer(node)) return undefined;
  if (step.kind === 'key') return node.kind === 'object' ? node.members.get(step.key) : undefined;
  if (step.kind === 'append' || node.kind !== 'array') return undefined;
  return node.items[placeOf(node, step.index)];
}

/** Negative ones count from the end. */
function placeOf({ items }: JsonArray, index: number): number {
  return index < 0 ? index + items.length : index;
}

/** Puts a value at a path; undefined takes away what is there. Errors: throws where the path leads nowhere. */
export function writeAt(store: JsonStore, { name, steps }: JsonPath, value: JsonNode | undefined): void {
  const last = steps.at(-1);
  if (!last) {
    if (value === undefined) store.set(name, null);
    else store.set(name, value);
    return;
  }
  const parent = readAt(store, { name, steps: steps.slice(0, -1), each: undefined });
  if (last.kind === 'key') writeMember(parent, last.key, value);
  else writeItem(parent, last, value);
}

function writeMember(parent: JsonNode | undefined, key: string, value: JsonNode | undefined): void {
  if (!isContainer(parent) || parent.kind !== 'object') throw new Error('no object at that path');
  if (value === undefined) parent.members.delete(key);
  else parent.members.set(key, value);
}

function writeItem(
  parent: JsonNode | undefined,
  step: Exclude<Step, { kind: 'key' }>,
  value: JsonNode | undefined,
): void {
  if (!isContainer(parent) || parent.kind !== 'array') throw new Error('no array at that path');
  if (step.kind === 'append') {
    if (value === undefined) throw new Error('nothing to delete behind the end of an array');
    parent.items.push(value);
    return;
  }
  const place = placeOf(parent, step.index);
  if (place < 0 || place >= parent.items.length) throw new Error(`no element ${step.index} in the array`);
  if (value === undefined) parent.items.splice(place, 1);
  else parent.items[place] = value;
}
