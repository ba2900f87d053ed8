/** One column of an account, and the AVP that its value is put into. */
export interface LoadedColumn {
  readonly column: string;
  readonly avp: string;
}

/** Reads load_credentials: `$avp(name)=column;column;…`, a column alone is its own AVP. Errors: for anything else. */
export function readLoadCredentials(text: string): readonly LoadedColumn[] {
  if (text.trim() === '') return [];
  return text
    .replace(/;\s*$/, '')
    .split(';')
    .map((part) => {
      const [, avp, column] = /^\s*(?:\$avp\(([^()$]+)\)\s*=)?\s*([^\s=$]+)\s*$/.exec(part) ?? [];
      if (column === undefined) throw new TypeError(`load_credentials cannot be read at "${part}"`);
      return { column, avp: avp?.trim() ?? column };
    });
}
