import { getopt, optionTable } from './getopt.ts';
import { certsOptions } from './option-table.ts';
import { type OptionProblem, tokenProblem } from './token-problem.ts';

/** A `tsips certs` that was understood. */
export interface CertsLine {
  readonly directory: string;
  /** One text for each certificate: names joined by commas. */
  readonly names: readonly string[];
  /** Certificates that are there are made anew. */
  readonly force: boolean;
  /** Certificates that are there are left, quietly. */
  readonly ifMissing: boolean;
}

type ParsedCerts =
  | { readonly kind: 'certs'; readonly line: CertsLine }
  | { readonly kind: 'help'; readonly command: 'certs' }
  | { readonly kind: 'wrong'; readonly problems: readonly OptionProblem[] };

const DEFAULT_NAMES = 'localhost,127.0.0.1,::1';

/** Reads the arguments behind the word `certs`. */
export function parseCerts(argv: readonly string[]): ParsedCerts {
  const given = new Set<string>();
  const operands: string[] = [];
  for (const token of getopt(argv, optionTable(certsOptions))) {
    if (token.kind === 'operand') operands.push(token.text);
    else if (token.kind === 'letter') given.add(token.letter);
    else if (token.kind === 'word') given.add(token.name);
    else return { kind: 'wrong', problems: [tokenProblem(token)] };
  }
  if (given.has('h') || given.has('help')) return { kind: 'help', command: 'certs' };
  const [directory, ...names] = operands;
  if (directory === undefined) {
    return wrong('certs: give the folder to make them in: tsips certs DIR [NAME...]');
  }
  const [force, ifMissing] = [given.has('force'), given.has('if-missing')];
  if (force && ifMissing)
    return wrong('certs: --force and --if-missing exclude each other: give one of them');
  const line = { directory, names: names.length > 0 ? names : [DEFAULT_NAMES], force, ifMissing };
  return { kind: 'certs', line };
}

function wrong(message: string): ParsedCerts {
  return { kind: 'wrong', problems: [{ caller: 'main', message }] };
}
