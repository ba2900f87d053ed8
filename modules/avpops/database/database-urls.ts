import type {
  Database,
  ModuleFinding,
  ModuleHost,
  PreparedArgument,
  ScriptRun,
} from '../../../runtime/module-exports.ts';

type Host = Pick<ModuleHost, 'params' | 'globals' | 'log' | 'database' | 'databaseFindings'>;

/** The databases of a module's `db_url` lines, by the number in front of each; 0 where there is none. */
export class DatabaseUrls {
  readonly #host: Host;
  readonly #urls = new Map<number, string>();
  readonly #open = new Map<string, Database>();
  /** Those that functions of the script use. */
  readonly #used = new Set<string>();

  /** Errors: two lines have the same number. */
  constructor(host: Host) {
    this.#host = host;
    const { db_url: lines = [] } = host.params;
    for (const line of [lines].flat().map(String)) {
      const [, number = '0', url = ''] = /^\s*([-+]?\d+)?\s*(.*)$/s.exec(line) ?? [];
      if (this.#urls.has(Number(number))) {
        throw new TypeError(`db_url idx ${number} overwritten (multiple definitions)`);
      }
      this.#urls.set(Number(number), url);
    }
  }

  /** The database that an argument names, for each run. Errors: there is none, or none of that number. */
  named(argument: PreparedArgument | undefined): (run: ScriptRun) => Database | undefined {
    const standard = this.#standard();
    if (standard === undefined) throw new TypeError('no db url defined to be used by this function');
    if (!argument?.given) return this.#opener(standard);
    const { constant } = argument;
    if (constant !== undefined) return this.#opener(this.#numbered(Number(constant)));
    for (const url of this.#urls.values()) this.#used.add(url);
    return (run) => {
      const url = this.#urls.get(Number(argument.evaluate(run) ?? Number.NaN));
      if (url === undefined) this.#host.log.error('get_url', 'failed to get db url!');
      return url === undefined ? undefined : this.#database(url);
    };
  }

  /** Opens what functions use. Errors: those of the databases. */
  open(): void {
    for (const url of this.#used) this.#database(url);
  }

  findings(): readonly ModuleFinding[] {
    return [...this.#used].flatMap((url) => this.#host.databaseFindings(url, 'db_url'));
  }

  /** That of number 0, else the first, else the core's. */
  #standard(): string | undefined {
    const [first] = this.#urls.values();
    const core = this.#host.globals.get('db_default_url');
    return this.#urls.get(0) ?? first ?? (typeof core === 'string' && core !== '' ? core : undefined);
  }

  #numbered(number: number): string {
    const url = this.#urls.get(number);
    if (url === undefined) throw new TypeError(`no db_url with id <${number}>`);
    return url;
  }

  #opener(url: string): () => Database {
    this.#used.add(url);
    return () => this.#database(url);
  }

  #database(url: string): Database {
    const known = this.#open.get(url);
    if (known) return known;
    const database = this.#host.database(url);
    this.#open.set(url, database);
    return database;
  }
}
