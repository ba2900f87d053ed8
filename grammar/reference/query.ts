import type { EntryKind } from './kinds.ts';

/** What somebody asks for. */
export interface Query {
  readonly name: string;
  /** `core`, or a module. */
  readonly owner?: string;
  /** The kinds that the way of writing leaves; absent: any. */
  readonly kinds?: readonly EntryKind[];
}

/** The ways of writing a name, the first that fits counts; the groups are the owner, where there is one, and the name. */
const forms: readonly (readonly [RegExp, readonly EntryKind[] | undefined])[] = [
  [/^\$\(?(?:<\w+>)?()([\w.]+)/, ['variable']],
  [/^\{()([\w.]+)/, ['transformation']],
  [/^(?:([\w-]+):)?([\w.]+)\(.*\)?$/, ['function', 'async']],
  [/^()([\w-]+)\.so$/, ['module']],
  [/^([\w-]+):(\S+)$/, undefined],
];

/** Reads `tm:fr_timeout`, `fr_timeout`, `$ru`, `$(hdr(Via)[1])`, `{s.len}`, `t_relay()`, `tm.so`. */
export function readQuery(text: string): Query {
  const written = text.trim();
  for (const [form, kinds] of forms) {
    const [, owner, name] = form.exec(written) ?? [];
    if (name === undefined) continue;
    return { name, ...(owner && { owner }), ...(kinds && { kinds }) };
  }
  return { name: written };
}
