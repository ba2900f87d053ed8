/** What scripts ask of URIs and change in them, on their text (RFC 3261 §19.1.1, RFC 3966). */

import type { UriTools } from '../module-exports.ts';
import { parseUri } from './uri.ts';

/** A URI is never longer (config.h: MAX_URI_SIZE). */
const longest = 1024;

const e164 = /^\+\d{2,15}$/;

/** Stateless: one for all hosts would do. */
export function createUriTools(): Omit<UriTools, 'withUser' | 'withHost'> {
  return { param, addParam, removeParam, telToSip, hasE164User };
}

/** A URI cut at its parameters. */
interface UriText {
  /** Scheme, user, host and port. */
  readonly head: string;
  /** As written, without their semicolons. */
  readonly params: readonly string[];
  /** From the question mark on. */
  readonly headers: string;
}

function split(text: string): UriText | undefined {
  const uri = parseUri(text);
  if (uri === undefined) return undefined;
  const params = text.slice(uri.paramsStart + 1, uri.headersStart);
  return {
    head: text.slice(0, uri.paramsStart),
    params: params === '' ? [] : params.split(';'),
    headers: text.slice(uri.headersStart),
  };
}

function join({ head, params, headers }: UriText): string {
  return `${head}${params.map((param) => `;${param}`).join('')}${headers}`;
}

function nameOf(written: string): string {
  const equals = written.indexOf('=');
  return equals < 0 ? written : written.slice(0, equals);
}

function param(text: string, name: string): string | undefined {
  const found = split(text)?.params.find((written) => nameOf(written) === name);
  return found?.slice(name.length + 1);
}

function addParam(text: string, added: string): string | undefined {
  const uri = split(text);
  if (uri === undefined || text.length + 1 + added.length > longest) return undefined;
  return join({ ...uri, params: [...uri.params, added] });
}

function removeParam(text: string, name: string): string | undefined {
  const uri = split(text);
  const at = uri?.params.findIndex((written) => nameOf(written) === name) ?? -1;
  if (uri === undefined || at < 0) return undefined;
  return join({ ...uri, params: uri.params.filter((_, place) => place !== at) });
}

function telToSip(text: string, hostOf: string): string | undefined {
  const host = parseUri(hostOf)?.host ?? '';
  return host === '' ? undefined : `sip:${text.slice('tel:'.length)}@${host};user=phone`;
}

function hasE164User(text: string): boolean {
  return e164.test(parseUri(text)?.user ?? '');
}
