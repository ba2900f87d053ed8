/** How many contacts there are in all tables, and may be. */
export class ContactCount {
  readonly #most: number;
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether so many more may come. */
  hasRoom(more: number): boolean {
    return this.#held + more <= this.#most;
  }

  /** False where there are as many as there may be. */
  take(): boolean {
    if (this.#held >= this.#most) return false;
    this.#held++;
    return true;
  }

  give(): void {
    this.#held--;
  }
}
