/** One value of a parameter, as it stands in the config. */
export interface WrittenValue {
  /** The domain that it names; undefined for the default domain. */
  readonly domain: string | undefined;
  readonly value: string;
}

/**
 * Takes a value apart: `[name]value`; `name:value`, which is what files of 2.1 and 2.2 write, where there is a domain
 * of that name; any other text is a value of the default domain. Undefined where a bracket is not closed, or a name or
 * value is missing.
 */
export function writtenValue(text: string, isDomain: (name: string) => boolean): WrittenValue | undefined {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('[')) return inBrackets(trimmed);
  const colon = trimmed.indexOf(':');
  const name = trimmed.slice(0, Math.max(colon, 0));
  const named = name !== '' && isDomain(name);
  const value = named ? trimmed.slice(colon + 1) : trimmed;
  return value === '' ? undefined : { domain: named ? name : undefined, value };
}

function inBrackets(text: string): WrittenValue | undefined {
  const close = text.indexOf(']');
  const domain = text.slice(1, Math.max(close, 1));
  const value = text.slice(close + 1).trim();
  return close < 0 || domain === '' || value === '' ? undefined : { domain, value };
}
