/** Texts in the order in which things happened. */
export class Happenings {
  #texts = [];
  #waiting;
  /** How often somebody has begun to wait. */
  #waits = 0;

  tell(text) {
    this.#texts.push(text);
    this.#waiting?.();
  }

  /** The next one that begins so; those in front of it are forgotten. Who waited before has given up. */
  async next(beginning) {
    const wait = ++this.#waits;
    while (wait === this.#waits) {
      for (let text = this.#texts.shift(); text !== undefined; text = this.#texts.shift()) {
        if (text.startsWith(beginning)) return text;
      }
      await new Promise((resolve) => {
        this.#waiting = resolve;
      });
    }
    return undefined;
  }
}
