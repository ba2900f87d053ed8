import type { Command, ModuleHost, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';

/** The functions that tell of the whole message, and those that change replies. */
export function messageCommands({
  log,
  globPattern,
}: Pick<ModuleHost, 'log' | 'globPattern'>): Readonly<Record<string, Command>> {
  return {
    change_reply_status({ message }, code, reason) {
      const problem = whyNot(Number(code), message.statusCode);
      if (problem !== undefined) {
        log.error('change_reply_status', problem);
        return false;
      }
      message.setStatus(Number(code), String(reason));
      return true;
    },
    append_body_to_reply({ message }, body) {
      message.edits.replyBody = String(body);
    },
    get_glob_headers_values: {
      prepare:
        ([glob, names, values]) =>
        (run) => {
          const matches = globPattern(String(glob?.evaluate(run) ?? ''), { ignoreCase: false });
          let found = false;
          for (let at = 0; at < run.message.headerCount; at++) {
            if (!matches(run.message.headerName(at))) continue;
            names?.variable?.set(run, run.message.headerName(at));
            values?.variable?.set(run, run.message.headerValue(at));
            found = true;
          }
          return found;
        },
    },
    sip_to_json: {
      prepare:
        ([result]) =>
        (run: ScriptRun) =>
          result?.variable?.set(run, messageAsJson(run.message)),
    },
  };
}

function whyNot(code: number, before: number): string | undefined {
  if (code < 100 || code > 699) return `wrong status code: ${code}`;
  const classKept = Math.floor(code / 100) === Math.floor(before / 100);
  if (classKept || (code >= 300 && before >= 300)) return undefined;
  return 'the class of provisional or positive final replies cannot be changed';
}

/**
 * `first_line`, `headers` with a list of values each, `body`. Deviation: the body is always there, as the manual says;
 * OpenSIPS leaves it out where nothing has looked at it before.
 *
 * The text is bytes already, so no character is escaped twice.
 */
function messageAsJson(message: SipMessage): string {
  const headers = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (let at = 0; at < message.headerCount; at++) {
    const name = message.headerName(at);
    const entry = headers.get(name.toLowerCase()) ?? { name, values: [] };
    entry.values.push(message.headerValue(at));
    headers.set(name.toLowerCase(), entry);
  }
  const members = [...headers.values()].map(
    ({ name, values }) => `${JSON.stringify(name)}:${JSON.stringify(values)}`,
  );
  const firstLine = message.text.slice(0, message.headersStart).replace(/^(?:\r?\n)+/, '');
  const body = message.body === '' ? '' : `,"body":${JSON.stringify(message.body)}`;
  return `{"first_line":${JSON.stringify(firstLine)},"headers":{${members.join(',')}}${body}}`;
}
