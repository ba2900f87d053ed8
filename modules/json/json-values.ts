import type { ScriptValue } from '../../runtime/module-exports.ts';
import { isContainer, type JsonNode } from './json-node.ts';
import type { JsonPath } from './json-path.ts';
import { printJson, type Style } from './print-json.ts';

/** What the script gets: integers and texts as such, all else printed. */
export function scriptValueOf(node: JsonNode, style: Style, quoteLong: boolean): ScriptValue {
  if (isContainer(node) || node === null || typeof node === 'boolean') return printJson(node, style);
  if (node.kind === 'string') return node.text;
  return /^-?\d+$/.test(node.text) ? integerOf(node.text, quoteLong) : node.text;
}

function integerOf(text: string, quoteLong: boolean): ScriptValue {
  const number = Number(text);
  const fits = quoteLong ? number === (number | 0) : Number.isSafeInteger(number);
  return fits ? number : text;
}

/** What `for each` and `[*]` go through: elements of an array, members of an object; nothing else has any. */
export function valuesOf(
  node: JsonNode | undefined,
  { each }: JsonPath,
  style: Style,
  quoteLong: boolean,
): readonly ScriptValue[] {
  if (!isContainer(node)) return [];
  if (node.kind === 'object' && each === 'keys') return [...node.members.keys()];
  if (node.kind === 'array' && each) return [];
  const nodes = node.kind === 'object' ? [...node.members.values()] : node.items;
  return nodes.map((one) => scriptValueOf(one, style, quoteLong));
}

/** A value of the script as JSON. */
export function nodeOf(value: number | string): JsonNode {
  return typeof value === 'number'
    ? { kind: 'number', text: String(value) }
    : { kind: 'string', text: value };
}
