/** The names of flags of dialogs that the script has; they are shown in the order of their names, the last one first. */
export class FlagNames {
  readonly #names: string[] = [];

  /** A name that stands in the script. */
  add(name: string): void {
    if (!this.#names.includes(name)) this.#names.push(name);
  }

  /** As `$DLG_flags` shows them. */
  print(flags: ReadonlySet<string>): string {
    return this.#names
      .filter((name) => flags.has(name))
      .toReversed()
      .join(' ');
  }

  /** Those of such a text that the script has. */
  read(text: string): readonly string[] {
    return text.split(' ').filter((name) => this.#names.includes(name));
  }
}
