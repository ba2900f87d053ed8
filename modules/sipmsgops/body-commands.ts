import type { Command, ScriptRun } from '../../runtime/module-exports.ts';
import { type BodyPart, mediaType } from './body-parts.ts';
import { currentParts, currentType, setParts } from './changed-body.ts';

/** The functions about bodies and their parts. */
export function bodyCommands(): Readonly<Record<string, Command>> {
  return {
    add_body_part: (run, content, type, headers) => {
      setParts(run, [...currentParts(run), partOf(content, type, headers)]);
    },
    remove_body_part: (run, type, revert) => removeParts(run, type, revert === 'revert'),
    add_body: (run, content, type) => {
      setParts(run, [partOf(content, type ?? currentType(run), null)]);
    },
    strip_body: (run, type) => removeParts(run, type, false),
    filter_body: (run, type) => removeParts(run, type, true),
    get_updated_body_part: {
      prepare:
        ([type, result]) =>
        (run) => {
          const wanted = type?.given ? mediaType(String(type.evaluate(run) ?? '')) : '';
          if (wanted === '') return result?.variable?.set(run, run.message.bodyToSend);
          const part = currentParts(run).find(({ contentType }) => mediaType(contentType) === wanted);
          return part ? result?.variable?.set(run, part.content) : -2;
        },
    },
  };
}

function partOf(content: unknown, type: unknown, headers: unknown): BodyPart {
  return {
    content: String(content),
    contentType: String(type),
    headers: typeof headers === 'string' ? headers : '',
  };
}

/** Deviation: parts that the script has added are taken away as well; the original looks at received ones alone. */
function removeParts(run: ScriptRun, type: unknown, revert: boolean): boolean {
  const parts = currentParts(run);
  const wanted = typeof type === 'string' ? mediaType(type) : '';
  const rest =
    wanted === '' ? [] : parts.filter(({ contentType }) => (mediaType(contentType) === wanted) === revert);
  if (rest.length === parts.length) return false;
  setParts(run, rest);
  return true;
}
