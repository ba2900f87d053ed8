/** Texts in the order in which things happened. */
export class Happenings {
  #texts = [];
  #waiting;

  tell(text) {
    this.#texts.push(text);
    this.#waiting?.();
  }

  /** The next one that begins so; those in front of it are forgotten. */
  async next(beginning) {
    for (;;) {
      for (let text = this.#texts.shift(); text !== undefined; text = this.#texts.shift()) {
        if (text.startsWith(beginning)) return text;
      }
      await new Promise((resolve) => {
        this.#waiting = resolve;
      });
    }
  }
}
