import type { ModuleHost } from '../../runtime/module-exports.ts';
import type { Place } from './findings.ts';

/** One value of a parameter with its place. */
export interface ParamLine {
  readonly text: string;
  readonly place: Place;
}

/** The values of all parameters in their order: tls_mgm's own, and in files of 2.1 those that proto_tls was given. */
export class ParamLines {
  readonly #lines = new Map<string, ParamLine[]>();

  /** `module`: where the values were set, if not in tls_mgm itself. */
  add(params: ModuleHost['params'], names: Iterable<string>, module?: string): void {
    for (const param of names) {
      const value = params[param];
      const of = { param, ...(module !== undefined && { module }) };
      if (value === undefined) continue;
      // Of a parameter that is no list the last line is all that is handed over.
      const lines =
        typeof value === 'object'
          ? value.map((each, at) => ({ text: String(each), place: { ...of, at } }))
          : [{ text: String(value), place: of }];
      this.#lines.set(param, [...(this.#lines.get(param) ?? []), ...lines]);
    }
  }

  of(param: string): readonly ParamLine[] {
    return this.#lines.get(param) ?? [];
  }

  /** The last value; undefined without one. */
  last(param: string): ParamLine | undefined {
    return this.of(param).at(-1);
  }
}
