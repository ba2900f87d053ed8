/** A received message: what scripts and modules see of it (RFC 3261 §7). */

import type {
  ContactValue,
  ListenSocket,
  MessageBranch,
  MessageEdits,
  MessageSource,
  NameAddress,
  ScriptValue,
  SipMessage,
  Via,
} from '../module-exports.ts';
import { unfold } from './characters.ts';
import { copyContacts, readContacts } from './contacts.ts';
import { HeaderEdits } from './edits.ts';
import { equalsLower, headerId, headerIds, isListHeader } from './header-names.ts';
import type { MessageParts } from './message-parts.ts';
import { applySplices } from './splices.ts';
import { splitValues } from './split-values.ts';
import { parseUri, type SipUri } from './uri.ts';

/** How many URIs of a message are kept as they were read: scripts ask for parts of those of its first line, From and To. */
const keptUris = 4;

export class ReceivedMessage implements SipMessage {
  readonly parts: MessageParts;
  readonly source: MessageSource | undefined;
  readonly method: string;
  requestUri: string;
  destinationUri: string | undefined = undefined;
  sendSocket: ListenSocket | undefined = undefined;
  q: number | undefined = undefined;
  path: string | undefined = undefined;
  branchFlags = 0;
  forceRport = false;
  localRport = false;
  advertisedHost: string | undefined = undefined;
  advertisedPort: number | undefined = undefined;
  flags = 0;
  /** Code and reason of a reply, where the script has set them. */
  changedStatus: string | undefined = undefined;
  private branchList: MessageBranch[] | undefined = undefined;
  private attributes: Map<string, ScriptValue> | undefined = undefined;
  private contactsRead: readonly (ContactValue | undefined)[] | undefined = undefined;
  private editsMade: HeaderEdits | undefined = undefined;
  private urisRead: (SipUri | undefined)[] | undefined = undefined;
  private urisReadCount = 0;

  constructor(
    parts: MessageParts,
    source: MessageSource | undefined,
    method = methodOf(parts),
    requestUri = parts.requestUri?.text ?? parts.text.slice(parts.uriStart, parts.uriEnd),
  ) {
    this.parts = parts;
    this.source = source;
    this.method = method;
    this.requestUri = requestUri;
  }

  /** The same message with the same changes; later ones are seen on one side only. */
  copy(): ReceivedMessage {
    const copy = new ReceivedMessage(this.parts, this.source, this.method, this.requestUri);
    copy.destinationUri = this.destinationUri;
    copy.sendSocket = this.sendSocket;
    copy.q = this.q;
    copy.path = this.path;
    copy.branchFlags = this.branchFlags;
    copy.forceRport = this.forceRport;
    copy.localRport = this.localRport;
    copy.advertisedHost = this.advertisedHost;
    copy.advertisedPort = this.advertisedPort;
    copy.flags = this.flags;
    copy.changedStatus = this.changedStatus;
    if (this.branchList?.length) copy.branchList = this.branchList.map(copyBranch);
    if (this.attributes?.size) copy.attributes = new Map(this.attributes);
    copy.contactsRead = copyContacts(this.contactsRead);
    copy.editsMade = this.editsMade?.copy();
    return copy;
  }

  get text(): string {
    return this.parts.text;
  }

  get isRequest(): boolean {
    return this.parts.isRequest;
  }

  get originalUri(): string {
    return this.parts.text.slice(this.parts.uriStart, this.parts.uriEnd);
  }

  get statusCode(): number {
    return this.parts.statusCode;
  }

  get reasonPhrase(): string {
    return this.parts.text.slice(this.parts.reasonStart, this.parts.reasonEnd);
  }

  get headerCount(): number {
    return this.parts.headerCount;
  }

  findHeader(name: string, from = 0): number {
    const id = headerId(name);
    return id === headerIds.other ? this.findByName(name.toLowerCase(), from) : this.findById(id, from);
  }

  headerName(index: number): string {
    return this.parts.text.slice(this.parts.nameStart(index), this.parts.nameEnd(index));
  }

  headerValue(index: number): string {
    const { parts } = this;
    const value = parts.text.slice(parts.valueStart(index), parts.valueEnd(index));
    return parts.isFolded(index) ? unfold(value) : value;
  }

  header(name: string): string | undefined {
    const index = this.findHeader(name);
    return index < 0 ? undefined : this.headerValue(index);
  }

  headerValues(name: string): readonly string[] {
    const values: string[] = [];
    const isList = isListHeader(headerId(name));
    for (let index = this.findHeader(name); index >= 0; index = this.findHeader(name, index + 1)) {
      const value = this.headerValue(index);
      if (isList) for (const one of splitValues(value)) values.push(one);
      else values.push(value);
    }
    return values;
  }

  get body(): string {
    return this.parts.text.slice(this.parts.bodyStart, this.parts.bodyEnd);
  }

  /** Undefined where it is as received. */
  get changedBody(): string | undefined {
    const { text, bodyStart, bodyEnd } = this.parts;
    const { body, splices } = this.editsMade ?? {};
    if (body !== undefined || !splices?.some(({ start }) => start >= bodyStart)) return body;
    return applySplices(text, bodyStart, bodyEnd, splices);
  }

  get bodyToSend(): string {
    return this.changedBody ?? this.body;
  }

  setStatus(code: number, reason: string): void {
    this.changedStatus = `${code} ${reason}`;
    this.parts.statusCode = code;
  }

  get headersStart(): number {
    return this.parts.headersStart;
  }

  get bodyStart(): number {
    return this.parts.bodyStart;
  }

  get from(): NameAddress | undefined {
    return this.parts.fromAddress;
  }

  get to(): NameAddress | undefined {
    return this.parts.toAddress;
  }

  get contacts(): readonly (ContactValue | undefined)[] {
    this.contactsRead ??= readContacts(this.parts);
    return this.contactsRead;
  }

  get topVia(): Via | undefined {
    return this.parts.via;
  }

  get callId(): string {
    return this.parts.callIdHeader < 0 ? '' : this.headerValue(this.parts.callIdHeader);
  }

  get cseq(): { readonly number: number; readonly method: string } | undefined {
    const { cseqNumber, cseqMethodStart, cseqMethodEnd, text } = this.parts;
    return cseqNumber < 0
      ? undefined
      : { number: cseqNumber, method: text.slice(cseqMethodStart, cseqMethodEnd) };
  }

  get branches(): MessageBranch[] {
    this.branchList ??= [];
    return this.branchList;
  }

  get branchAttributes(): Map<string, ScriptValue> {
    this.attributes ??= new Map();
    return this.attributes;
  }

  get edits(): MessageEdits {
    return this.headerEdits;
  }

  get headerEdits(): HeaderEdits {
    this.editsMade ??= new HeaderEdits(this);
    return this.editsMade;
  }

  /** The edits, where the script made any. */
  get editsIfAny(): HeaderEdits | undefined {
    return this.editsMade;
  }

  /** As `parseUri`; the last ones are kept. */
  readUri(text: string): SipUri | undefined {
    this.urisRead ??= [this.parts.requestUri];
    for (const uri of this.urisRead) if (uri?.text === text) return uri;
    const uri = parseUri(text);
    if (uri) this.urisRead[++this.urisReadCount % keptUris] = uri;
    return uri;
  }

  private findById(id: number, from: number): number {
    const { parts } = this;
    for (let place = Math.max(from, 0); place < parts.headerCount; place++) {
      if (parts.idOf(place) === id) return place;
    }
    return -1;
  }

  private findByName(lower: string, from: number): number {
    const { parts } = this;
    for (let place = Math.max(from, 0); place < parts.headerCount; place++) {
      if (equalsLower(parts.text, parts.nameStart(place), parts.nameEnd(place), lower)) return place;
    }
    return -1;
  }
}

/** That of a reply stands in its CSeq. */
function methodOf(parts: MessageParts): string {
  const { text } = parts;
  return parts.isRequest ? parts.method : text.slice(parts.cseqMethodStart, parts.cseqMethodEnd);
}

function copyBranch(branch: MessageBranch): MessageBranch {
  return { ...branch, attributes: new Map(branch.attributes) };
}
