import { randomInt } from 'node:crypto';
import type { Dialog } from './dialog.ts';

/** All dialogs, by their ids and by Call-ID. */
export class DialogTable {
  readonly #byId = new Map<string, Dialog>();
  readonly #byCallId = new Map<string, Set<Dialog>>();
  readonly #entries: number;

  /** `entries`: hash_size, the bound of the first half of an id. */
  constructor(entries: number) {
    this.#entries = entries;
  }

  get size(): number {
    return this.#byId.size;
  }

  all(): IterableIterator<Dialog> {
    return this.#byId.values();
  }

  get(id: string): Dialog | undefined {
    return this.#byId.get(id);
  }

  ofCallId(callId: string): Iterable<Dialog> {
    return this.#byCallId.get(callId) ?? [];
  }

  /** An id that no dialog has, and its number: two numbers in hex, each from its last digit on (dlg_hash.h). */
  freeId(): { id: string; number: number } {
    for (;;) {
      const entry = randomInt(this.#entries);
      const label = randomInt(1, 2 ** 32);
      const id = `${reversedHex(entry)}.${reversedHex(label)}`;
      if (!this.#byId.has(id)) return { id, number: entry * 2 ** 32 + label };
    }
  }

  add(dialog: Dialog): void {
    this.#byId.set(dialog.id, dialog);
    const others = this.#byCallId.get(dialog.callId) ?? new Set<Dialog>();
    this.#byCallId.set(dialog.callId, others.add(dialog));
  }

  remove(dialog: Dialog): void {
    if (!this.#byId.delete(dialog.id)) return;
    const others = this.#byCallId.get(dialog.callId);
    others?.delete(dialog);
    if (others?.size === 0) this.#byCallId.delete(dialog.callId);
  }
}

function reversedHex(number: number): string {
  return [...number.toString(16)].toReversed().join('');
}
