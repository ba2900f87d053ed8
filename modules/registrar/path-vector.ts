import type { Logger, RoutingTools, SipMessage } from '../../runtime/module-exports.ts';
import { RegistrationError } from './registration-error.ts';

/** What the Path headers of a REGISTER say (RFC 3327 §5.3). */
export interface PathVector {
  /** Their values, joined by commas. */
  readonly path: string;
  /** The address that the first hop has received the request from, where it tells it. */
  readonly received: string;
}

/** Bytes of all Path headers. */
const mostOfPath = 255;

const none: PathVector = { path: '', received: '' };

/** Errors: RegistrationError for one that is malformed, too long, or whose first hop is no loose router. C: build_path_vector. */
export function pathVectorOf(
  message: SipMessage,
  tools: Pick<RoutingTools, 'uri' | 'nameAddress' | 'values'>,
  log: Logger,
): PathVector {
  const lines: string[] = [];
  for (let at = message.findHeader('Path'); at >= 0; at = message.findHeader('Path', at + 1)) {
    lines.push(message.headerValue(at));
  }
  if (lines.length === 0) return none;
  const path = lines.join(',');
  if (path.length > mostOfPath) throw refused(log, `Overall Path body exceeds max. length of ${mostOfPath}`);
  const [first, second] = tools.values(path).map((value) => tools.uri(tools.nameAddress(value)?.uri ?? ''));
  if (!first) throw refused(log, 'failed to parse Path body');
  if (!first.params.has('lr')) throw refused(log, 'first Path URI is not a loose-router, not supported');
  const teller = first.params.has('r2') && second ? second : first;
  return { path, received: unescaped(teller.params.get('received') ?? '') };
}

/** The next hop on the way to a contact with that Path. */
export function firstHop(
  path: string,
  tools: Pick<RoutingTools, 'nameAddress' | 'values'>,
): string | undefined {
  const [first] = tools.values(path);
  return first === undefined ? undefined : tools.nameAddress(first)?.uri;
}

function unescaped(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_whole, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function refused(log: Logger, message: string): RegistrationError {
  log.error('build_path_vector', message);
  return new RegistrationError('path');
}
