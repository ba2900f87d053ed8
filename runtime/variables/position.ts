import type { VariableFacts } from '../module-exports.ts';
import { reading, type VariableEntry } from './entries.ts';

/** Variables that the compiler answers from the place where they stand. */
export const positionVariables: Readonly<Record<string, VariableFacts>> = {
  cfg_line: { description: 'the line of the config', since: '2.2' },
  cfg_file: { description: 'the file of the config', since: '2.2' },
};

/** The same with their values at one place. */
export function positionVariable(
  name: string,
  locate: () => { readonly file: string; readonly line: number } | undefined,
): VariableEntry | undefined {
  const facts = Object.hasOwn(positionVariables, name) ? positionVariables[name] : undefined;
  if (!facts) return undefined;
  const place = locate();
  return name === 'cfg_line'
    ? reading(facts.description, () => place?.line ?? 0)
    : reading(facts.description, () => place?.file ?? '');
}
