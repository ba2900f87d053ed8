import { isContainer, type JsonNode } from './json-node.ts';

/** RFC 7386 §2. Neither value is changed; what the patch names comes behind the rest, as in OpenSIPS. */
export function mergePatch(target: JsonNode, patch: JsonNode): JsonNode {
  if (!isContainer(patch) || patch.kind !== 'object') return patch;
  const members = new Map(isContainer(target) && target.kind === 'object' ? target.members : []);
  for (const [name, value] of patch.members) {
    const before = members.get(name) ?? null;
    members.delete(name);
    if (value !== null) members.set(name, mergePatch(before, value));
  }
  return { kind: 'object', members };
}
