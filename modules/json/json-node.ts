/** JSON as it is kept: the order of members and the text of numbers stay, and links share what they point to. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonNumber | boolean | null;

export interface JsonObject {
  readonly kind: 'object';
  readonly members: Map<string, JsonNode>;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly items: JsonNode[];
}

/** One character a byte, UTF-8. */
export interface JsonString {
  readonly kind: 'string';
  readonly text: string;
}

export interface JsonNumber {
  readonly kind: 'number';
  /** As it was written. */
  readonly text: string;
}

export function isContainer(node: JsonNode | undefined): node is JsonObject | JsonArray {
  return typeof node === 'object' && node !== null && (node.kind === 'object' || node.kind === 'array');
}
