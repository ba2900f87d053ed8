import type { UpgradeWish } from '../module-exports.ts';

/** A URI that asks for what no upgrade request can have. The message tells the parameter, not its value. */
export class UpgradeWishError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UpgradeWishError';
  }
}

const pathParam = 'ws-path';
const headerParam = 'ws-header-';

/** What may stand in the first line of an HTTP request (RFC 9112 §3.2.1): no blanks, line ends or fragments. */
const pathForm = /^\/[!$-;=?-Z[\]_a-z~]*$/;
/** RFC 9110 §5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** RFC 9110 §5.5: of the control characters a tab alone. */
const notInValue = /[\0-\x08\x0a-\x1f\x7f]/;
/** The handshake says these itself (RFC 6455 §4.1), and a request without a body has none of the last two. */
const ownHeaders = /^(?:host|upgrade|connection|sec-websocket-.*|content-length|transfer-encoding)$/;

/**
 * What the parameters of a URI (by lower-case name) ask of the upgrade request: `;ws-path=` and `;ws-header-NAME=`,
 * names of tsips. Undefined where they ask for nothing. Escapes of a value are undone once, because a URI's parameter can
 * have no question mark, blank or semicolon of its own. Errors: UpgradeWishError.
 */
export function upgradeWishOf(params: ReadonlyMap<string, string>): UpgradeWish | undefined {
  let path: string | undefined;
  let lines: string[] | undefined;
  for (const [name, value] of params) {
    if (name === pathParam && value !== '') path = pathOf(unescaped(value));
    else if (name.startsWith(headerParam)) {
      lines ??= [];
      lines.push(headerLine(name.slice(headerParam.length), unescaped(value)));
    }
  }
  return path === undefined && !lines ? undefined : { path, headers: lines?.sort().join('') };
}

/** A slash in front may be left out. */
function pathOf(text: string): string {
  const path = text.startsWith('/') ? text : `/${text}`;
  if (!pathForm.test(path)) throw new UpgradeWishError(`${pathParam} is no path`);
  return path;
}

function headerLine(name: string, value: string): string {
  if (!token.test(name)) throw new UpgradeWishError(`${headerParam}${name}: not the name of a header`);
  if (ownHeaders.test(name)) {
    throw new UpgradeWishError(`${headerParam}${name}: the handshake sets this header itself`);
  }
  if (notInValue.test(value)) {
    throw new UpgradeWishError(`${headerParam}${name}: control characters in the value`);
  }
  return `${capitalized(name)}: ${value}\r\n`;
}

/** As headers are usually written; servers compare them in any case. */
function capitalized(name: string): string {
  return name.replace(/(?<![a-z0-9])[a-z]/g, (letter) => letter.toUpperCase());
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_escape, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
