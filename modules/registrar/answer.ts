import type { Logger, ScriptRun, SipMessage } from '../../runtime/module-exports.ts';
import { gruuParams } from './gruu.ts';
import { type Contact, isValid } from './location.ts';
import { printQ } from './q-value.ts';
import { type RegistrationError, reasons, refusals } from './registration-error.ts';

export interface AnswerSettings {
  readonly log: Logger;
  /** received_param */
  readonly receivedParam: string;
  /** retry_after; seconds, 0: none. */
  readonly retryAfter: number;
  readonly useDomain: boolean;
  /** Undefined: no GRUUs are given out. */
  readonly gruuSecret: string | undefined;
  now(): number;
  reply(run: ScriptRun, code: number, reason: string): boolean;
}

/** What stands in the answer to a REGISTER. */
export interface Answer {
  /** Undefined: the registration was accepted. */
  readonly error: RegistrationError | undefined;
  readonly contacts: readonly Contact[];
  /** Path, Unsupported, Feature-Caps …: whole lines. */
  readonly lines: string;
  /** min_expires; told where the time of a contact is too brief. */
  readonly minExpires: number;
}

/** Answers a REGISTER (RFC 3261 §10.3 step 8). False where that fails. */
export function answerRegister(run: ScriptRun, answer: Answer, settings: AnswerSettings): boolean {
  const { error } = answer;
  const code = error?.status ?? 200;
  const lines = contactLine(run, answer.contacts, settings) + answer.lines + errorLines(answer, settings);
  if (lines !== '') run.message.edits.appendToReply(lines);
  const reason = reasons[code] ?? '';
  if (settings.reply(run, code, reason)) return true;
  settings.log.error('send_reply', `failed to send ${code} ${reason}`);
  return false;
}

function errorLines({ error, minExpires }: Answer, { retryAfter }: AnswerSettings): string {
  if (!error) return '';
  const told = `P-Registrar-Error: ${refusals[error.refusal][1]}\r\n`;
  if (error.status === 423) return `${told}Min-Expires: ${minExpires}\r\n`;
  return error.status >= 500 && error.status < 600 && retryAfter > 0
    ? `${told}Retry-After: ${retryAfter}\r\n`
    : told;
}

/** One Contact header with all that are not over, '' where there are none. */
function contactLine(run: ScriptRun, contacts: readonly Contact[], settings: AnswerSettings): string {
  const now = settings.now();
  const withGruu = settings.gruuSecret !== undefined && supports(run.message, 'gruu');
  const shown = contacts
    .filter((contact) => isValid(contact, now))
    .map((contact) => shownContact(contact, run, now, withGruu, settings));
  return shown.length === 0 ? '' : `Contact: ${shown.join(', ')}\r\n`;
}

function shownContact(
  contact: Contact,
  run: ScriptRun,
  now: number,
  withGruu: boolean,
  { receivedParam, useDomain, gruuSecret = '' }: AnswerSettings,
): string {
  const q = printQ(contact.q);
  const received = contact.received === '' ? '' : `;${receivedParam}="${contact.received}"`;
  const socket = contact.socket ?? run.source.socket;
  const gruu =
    withGruu && contact.instance.length > 2
      ? gruuParams(contact, { secret: gruuSecret, useDomain, now, socket })
      : '';
  const left = contact.expires === 0 ? 0xffffffff : contact.expires - now;
  return `<${contact.uri}>${q && `;q=${q}`};expires=${left}${received}${gruu}`;
}

/** Whether the request supports an extension (RFC 3261 §20.37). */
export function supports(message: SipMessage, option: string): boolean {
  return message.headerValues('Supported').some((each) => each.toLowerCase() === option);
}
