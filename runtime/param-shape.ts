/** What is wrong with the schema of a module's parameter, as sentences; the manifest may come from JSON. */
export function paramProblems(where: string, schema: unknown): string[] {
  const facts: Record<string, unknown> = typeof schema === 'object' && schema !== null ? { ...schema } : {};
  const types: unknown[] = Array.isArray(facts.type) ? facts.type : [facts.type];
  if (!types.every(isTypeName)) {
    return [`${where}.type is neither 'integer', 'string', nor a list of them`];
  }
  const isValue = (value: unknown): boolean => types.includes(typeNameOf(value));
  const problems = Object.entries(fields).flatMap(([name, { fits, is }]) =>
    facts[name] === undefined || fits(facts[name]) ? [] : [`${where}.${name} is not ${is}`],
  );
  if (facts.default !== undefined && !isValue(facts.default)) {
    problems.push(`${where}.default is not of its type`);
  }
  return problems;
}

const isNumber = (value: unknown) => typeof value === 'number';
const isLength = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;

/** The fields of JSON Schema that a manifest may use, beside type and default. */
const fields: Readonly<Record<string, { fits: (value: unknown) => boolean; is: string }>> = {
  minimum: { fits: isNumber, is: 'a number' },
  maximum: { fits: isNumber, is: 'a number' },
  minLength: { fits: isLength, is: 'a length' },
  pattern: { fits: isPattern, is: 'a regular expression' },
  enum: { fits: (value) => Array.isArray(value) && value.length > 0, is: 'a list of values' },
};

/** As JSON Schema has it: with the flag `u`. */
function isPattern(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    return Boolean(new RegExp(value, 'u'));
  } catch {
    return false;
  }
}

const isTypeName = (value: unknown): boolean => value === 'integer' || value === 'string';

function typeNameOf(value: unknown): string {
  return Number.isInteger(value) ? 'integer' : typeof value;
}
