import type { ModuleHost, ScriptRun, VariableReference } from '../../runtime/module-exports.ts';
import type { BackendFields } from './fields.ts';
import type { Occurrence } from './occurrence.ts';

/** `name=$variable` of log_extra and its kin, as it stands in the config. */
export interface OlderField {
  readonly name: string;
  readonly variable: string;
  /** It is read in the reply. */
  readonly ofReply: boolean;
}

/** Brackets inside of each other, as `$(hdr(Via)[1]{s.substr,0,$(var(n))})` has them. */
const brackets = String.raw`\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)`;
const piece = new RegExp(
  String.raw`\s*([^\s=]+)\s*=\s*(\$[\w.]*(?:${brackets})?)\s*(?:\/\s*([A-Za-z]*)\s*)?(?:;|$)`,
  'y',
);

/**
 * `ua=$hdr(User-Agent); reason=$rr/reply` of files up to 2.2 (acc_extra.c: parse_acc_extra). Errors: anything else; a
 * semicolon at the end is one, as there.
 */
export function parseOlderFields(text: string): readonly OlderField[] {
  const fields: OlderField[] = [];
  let at = 0;
  do {
    piece.lastIndex = at;
    const [whole = '', name, variable, marker] = piece.exec(text) ?? [];
    if (name === undefined || variable === undefined)
      throw new Error(`parse failed in <${text}> around position ${at}`);
    if (marker !== undefined && marker.toLowerCase() !== 'reply')
      throw new Error(`unsupported marker <${marker}>`);
    fields.push({ name, variable, ofReply: marker !== undefined });
    at += whole.length;
  } while (at < text.length || text.endsWith(';'));
  return fields;
}

/** A field whose variable is known. */
interface BoundField extends OlderField {
  readonly reference: VariableReference;
}

/** What a backend writes where the parameters name variables, which are read when it writes. */
export function olderFieldsOf(
  extra: readonly OlderField[],
  leg: readonly OlderField[],
  script: ModuleHost['script'],
): BackendFields {
  const extraFields = bind(extra, script);
  const legFields = bind(leg, script);
  const extraOf = (occurrence: Occurrence) => extraFields.map((field) => read(field, occurrence, script));
  const legsWith = ({ run }: Occurrence) => (legFields.length === 0 ? undefined : legsOf(legFields, run));
  return {
    extraNames: extra.map(({ name }) => name),
    legNames: leg.map(({ name }) => name),
    extra: extraOf,
    legs: legsWith,
    ofCall(occurrence) {
      const values = { extra: extraOf(occurrence), legs: legsWith(occurrence) };
      return () => values;
    },
  };
}

/** Errors: a variable that nothing here has. */
function bind(fields: readonly OlderField[], script: ModuleHost['script']): readonly BoundField[] {
  return fields.map((field) => {
    const reference = script.variable(field.variable);
    if (!reference) throw new Error(`nothing here has the variable ${field.variable} of '${field.name}'`);
    return { ...field, reference };
  });
}

function read(
  { reference, ofReply }: BoundField,
  { run, reply }: Occurrence,
  script: ModuleHost['script'],
): string {
  if (!ofReply) return String(reference.get(run) ?? '');
  if (!reply) return '';
  return String(reference.get(script.createRun(reply, reply.source ?? run.source, 'O', run)) ?? '');
}

/** The first values of all AVPs are one leg, also where there are none; each further one as long as any AVP has one. */
function legsOf(fields: readonly BoundField[], run: ScriptRun): readonly (readonly string[])[] {
  const columns = fields.map(({ reference }) => reference.getAll(run));
  const count = Math.max(1, ...columns.map((values) => values.length));
  return Array.from({ length: count }, (_, leg) => columns.map((values) => String(values[leg] ?? '')));
}
