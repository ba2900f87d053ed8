import type { PingedContact } from './usrloc-api.ts';

/** A contact whose answers are waited for. */
interface Cell {
  contact: PingedContact;
  /** The ping that was sent last, and when, in milliseconds. */
  label: string;
  sentAt: number;
  lost: number;
}

export interface CellSettings {
  /** Milliseconds that an answer may take. */
  readonly threshold: number;
  /** Milliseconds after which a contact that is not pinged again is forgotten. */
  readonly forgetAfter: number;
  readonly mostLost: number;
  /** Whether a contact that does not answer is removed. */
  removes(contact: PingedContact): boolean;
}

export interface CellListener {
  answered(contact: PingedContact, milliseconds: number): void;
  /** `gone`: so many pings were lost that it is to be removed. */
  lost(contact: PingedContact, gone: boolean): void;
}

/**
 * Which pings were answered. At most one entry for each contact, in the order in which they were pinged, so that those
 * that are over stand in front; no timer for each.
 */
export class PingCells {
  readonly #settings: CellSettings;
  readonly #listener: CellListener;
  /** By the contact's number. Those that wait for an answer, and those that did not get one and wait for the next ping. */
  readonly #asked = new Map<string, Cell>();
  readonly #silent = new Map<string, Cell>();

  constructor(settings: CellSettings, listener: CellListener) {
    this.#settings = settings;
    this.#listener = listener;
  }

  get size(): number {
    return this.#asked.size + this.#silent.size;
  }

  sent(contact: PingedContact, label: string, now: number): void {
    const { id } = contact;
    const before = this.#asked.get(id) ?? this.#silent.get(id);
    this.#asked.delete(id);
    this.#silent.delete(id);
    this.#asked.set(id, { contact, label, sentAt: now, lost: before?.lost ?? 0 });
  }

  /** An answer confirms all pings of the contact that were sent before. */
  answered(id: string, label: string, now: number): void {
    const cell = this.#asked.get(id) ?? this.#silent.get(id);
    if (!cell) return;
    this.#asked.delete(id);
    this.#silent.delete(id);
    if (cell.label === label) this.#listener.answered(cell.contact, now - cell.sentAt);
  }

  /** To be called now and then. */
  check(now: number): void {
    for (const [id, cell] of this.#asked) {
      if (cell.sentAt + this.#settings.threshold > now) break;
      this.#asked.delete(id);
      this.#lose(id, cell);
    }
    for (const [id, cell] of this.#silent) {
      if (cell.sentAt + this.#settings.forgetAfter > now) break;
      this.#silent.delete(id);
    }
  }

  #lose(id: string, cell: Cell): void {
    const { mostLost, removes } = this.#settings;
    const mayGo = removes(cell.contact);
    cell.lost++;
    const gone = mayGo && cell.lost >= mostLost;
    if (mayGo && !gone) this.#silent.set(id, cell);
    this.#listener.lost(cell.contact, gone);
  }
}
