import type { CommandFunction, SipMessage } from '../../runtime/module-exports.ts';

/** RFC 2046 §5.1.1. Searching a body for a longer one could take long. */
const maxBoundaryLength = 70;

/**
 * has_body([type]).
 *
 * Deviation: over connections OpenSIPS takes a message without Content-Length for one without a body; over
 * WebSocket the header may be left out (RFC 7118 §5.3 by RFC 3261 §18.4), so the body itself is looked at.
 */
export const hasBody: CommandFunction = ({ message }, type) => {
  if (message.body.length === 0) return false;
  const wanted = typeof type === 'string' ? mediaType(type) : '';
  return wanted === '' || bodyTypes(message, wanted.startsWith('multipart/')).includes(wanted);
};

/** The type of the body, or those of its parts where it has several and `whole` is false. */
function bodyTypes(message: SipMessage, whole: boolean): readonly string[] {
  const header = message.header('Content-Type');
  if (header === undefined) return [];
  const type = mediaType(header);
  if (whole || !type.startsWith('multipart/')) return [type];
  const boundary = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^;\s]*))/i.exec(header);
  return partTypes(message.body, boundary?.[1] ?? boundary?.[2] ?? '');
}

/** RFC 2046 §5.1: parts stand between lines of `--boundary`; text/plain is the type of one that says none. */
function partTypes(body: string, boundary: string): readonly string[] {
  if (boundary === '' || boundary.length > maxBoundaryLength) return [];
  const parts = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1);
  return parts
    .filter((part) => !part.startsWith('--'))
    .map((part) => {
      const head = part.slice(0, Math.max(part.indexOf('\r\n\r\n'), 0));
      const type = /\r\ncontent-type\s*:\s*([^;\r\n]*)/i.exec(head)?.[1];
      return type === undefined ? 'text/plain' : mediaType(type);
    });
}

/** `Application/SDP; charset=x` → `application/sdp`. */
function mediaType(text: string): string {
  return (text.split(';')[0] ?? '').trim().toLowerCase();
}
