/** What the script changes on a message, kept beside the received text. */

import type { AddedLines, LinesForWay, MessageEdits, Splice } from '../module-exports.ts';

/** The places of a message's headers, as far as edits need them. */
interface HeaderPlaces {
  readonly headerCount: number;
  findHeader(name: string): number;
}

/** Lines that go in front of the header at `place`; the header count stands for the end of the headers. */
interface InsertedLines extends AddedLines {
  readonly place: number;
}

const noLines: readonly InsertedLines[] = [];

export class HeaderEdits implements MessageEdits {
  private readonly headers: HeaderPlaces;
  private insertedLines: InsertedLines[] | undefined = undefined;
  private removedPlaces: Set<number> | undefined = undefined;
  private replacedPlaces: Map<number, string> | undefined = undefined;
  /** Another reader has the same places: whoever changes them takes copies first. */
  private placesAreShared = false;
  private splicesMade: Splice[] | undefined = undefined;
  private replyText = '';
  body: string | undefined = undefined;
  replyBody: string | undefined = undefined;

  constructor(headers: HeaderPlaces) {
    this.headers = headers;
  }

  /** The same edits for another reader of the same text; later ones are seen on one side only. */
  copy(): HeaderEdits {
    const copy = new HeaderEdits(this.headers);
    copy.insertedLines = this.insertedLines?.map((added) => ({ ...added }));
    copy.removedPlaces = this.removedPlaces;
    copy.replacedPlaces = this.replacedPlaces;
    this.placesAreShared = true;
    copy.placesAreShared = true;
    copy.splicesMade = this.splicesMade?.map((splice) => ({ ...splice }));
    copy.replyText = this.replyText;
    copy.body = this.body;
    copy.replyBody = this.replyBody;
    return copy;
  }

  append(lines: string, afterHeader?: string): AddedLines {
    const found = afterHeader === undefined ? -1 : this.headers.findHeader(afterHeader);
    return this.add({ place: found < 0 ? this.headers.headerCount : found + 1, lines });
  }

  insert(lines: string | LinesForWay, beforeHeader?: string): void {
    const found = beforeHeader === undefined ? -1 : this.headers.findHeader(beforeHeader);
    this.add({ place: Math.max(found, 0), lines });
  }

  remove(index: number): boolean {
    if (index < 0 || index >= this.headers.headerCount || this.isRemoved(index)) return false;
    this.ownPlaces();
    this.removedPlaces ??= new Set();
    this.removedPlaces.add(index);
    return true;
  }

  replace(index: number, lines: string): boolean {
    if (index < 0 || index >= this.headers.headerCount || this.isRemoved(index)) return false;
    this.ownPlaces();
    this.replacedPlaces ??= new Map();
    this.replacedPlaces.set(index, lines);
    return true;
  }

  isRemoved(index: number): boolean {
    return this.removedPlaces?.has(index) ?? false;
  }

  /** The lines that stand in the place of a header; undefined where it is as received. */
  replacement(index: number): string | undefined {
    return this.replacedPlaces?.get(index);
  }

  splice(start: number, end: number, text: string): Splice {
    const splice = { start, end, text };
    this.splicesMade ??= [];
    this.splicesMade.push(splice);
    return splice;
  }

  splicedAt(start: number, end: number): Splice | undefined {
    return this.splicesMade?.find((splice) => splice.start === start && splice.end === end);
  }

  /** In the order of the calls. */
  get splices(): readonly Splice[] | undefined {
    return this.splicesMade;
  }

  get replyLines(): string {
    return this.replyText;
  }

  appendToReply(lines: string): void {
    this.replyText += lines;
  }

  /** What was appended and inserted, in the order of the calls. */
  get inserted(): readonly InsertedLines[] {
    return this.insertedLines ?? noLines;
  }

  private add(added: InsertedLines): InsertedLines {
    if (this.insertedLines) this.insertedLines.push(added);
    else this.insertedLines = [added];
    return added;
  }

  private ownPlaces(): void {
    if (!this.placesAreShared) return;
    this.placesAreShared = false;
    this.removedPlaces = this.removedPlaces && new Set(this.removedPlaces);
    this.replacedPlaces = this.replacedPlaces && new Map(this.replacedPlaces);
  }
}
