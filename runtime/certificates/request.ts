import { type AlternativeName, readHostName } from './names.ts';
import { CertificateProblem } from './problem.ts';

/** One certificate that somebody asks for. */
export interface CertificateRequest {
  /** What the names of its files begin with. */
  readonly stem: string;
  /** At least one. */
  readonly names: readonly [AlternativeName, ...AlternativeName[]];
}

/**
 * Reads names that are joined by commas; the first one names the files. Errors: CertificateProblem for a part that is
 * neither a host name, nor a wildcard, nor an address.
 */
export function readRequest(text: string): CertificateRequest {
  const [first = '', ...rest] = text.split(',').map((part) => part.trim());
  const leading = readName(first);
  return { stem: stemOf(leading), names: [leading, ...rest.map(readName)] };
}

function readName(text: string): AlternativeName {
  const name = readHostName(text);
  if (name !== undefined) return name;
  throw new CertificateProblem(
    `bad name '${text}': give a host name, *.example.com, an IPv4 or IPv6 address, or several joined by commas`,
  );
}

/** Host names have no underscore, so no two names become one. */
function stemOf({ value }: AlternativeName): string {
  return value.replace('*', '_wildcard').replaceAll(':', '_');
}
