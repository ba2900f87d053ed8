/** One slip gives one message: what of the findings of all rules is told. */

import type { Config } from './ast.ts';
import type { CheckEnvironment } from './check-environment.ts';
import { isOfHost } from './findings/diagnostic-codes.ts';
import { type Diagnostic, inTextOrder } from './findings/diagnostics.ts';
import type { ParseResult } from './parse/parse.ts';

/** `if ($rm = "INVITE")`: that the variable can only be read makes the same slip graver. */
export function onceForAnAssignment(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const conditions = new Set(
    found.flatMap(({ code, span }) => (code === 'condition-always-true' ? [span.start] : [])),
  );
  if (conditions.size === 0) return found;
  const refused = new Set(
    found.flatMap(({ code, span }) =>
      code === 'variable-not-writable' && conditions.has(span.start) ? [span.start] : [],
    ),
  );
  return found.flatMap((finding): Diagnostic[] => {
    if (!refused.has(finding.span.start)) return [finding];
    if (finding.code === 'variable-not-writable') return [];
    return finding.code === 'condition-always-true' ? [{ ...finding, severity: 'error' }] : [finding];
  });
}

/** Text that was not read may hold what all else is missed for. */
const unread: ReadonlySet<string> = new Set([
  'include-not-found',
  'import-not-found',
  'include-cycle',
  'include-too-deep',
  'unterminated-comment',
]);

/** Missing only because something was not read, perhaps. */
const missed: ReadonlySet<string> = new Set([
  ...['no-listener', 'protocol-without-module', 'missing-dependency', 'modparam-without-module'],
  ...['unknown-route', 'unknown-function', 'unknown-variable', 'unknown-transformation'],
  ...['route-never-called', 'variable-never-written'],
]);

/** What nothing leads to, or nobody writes, may be named in a part that is broken. */
const needsTheWhole: ReadonlySet<string> = new Set(['route-never-called', 'variable-never-written']);

/** Leaves out what may be missed only because a part of the text was not read. */
export function withoutWhatWasNotRead(
  found: readonly Diagnostic[],
  { diagnostics, config, source }: ParseResult,
): readonly Diagnostic[] {
  const isBroken = diagnostics.some(({ severity, code }) => severity === 'error' && !isRepaired(code));
  const brokenInclude = config.items.some(
    ({ kind, span }) =>
      kind === 'BrokenItem' && /^(?:include|import)_file/.test(source.text.slice(span.start)),
  );
  const hides = brokenInclude || diagnostics.some(({ code }) => unread.has(code));
  return found.filter(({ code, fix }) => {
    if (hides && missed.has(code) && fix === undefined) return false;
    return !(isBroken && needsTheWhole.has(code));
  });
}

/** Behind these the text was read as it was meant. */
function isRepaired(code: string): boolean {
  return code === 'missing-semicolon' || code === 'slash-comment' || code === 'stray-semicolon';
}

/**
 * Each finding once; of what is wrong anyway it is not said that it is too new or too old as well. A setting is two
 * things: its name may be of other versions whatever is wrong with its value.
 */
export function inOrderAndOnce(
  findings: readonly Diagnostic[],
  { items }: Config,
  { asked }: CheckEnvironment,
): Diagnostic[] {
  const settings = new Set(items.flatMap(({ kind, span }) => (isSetting(kind) ? [span.start] : [])));
  const wrong = new Set<number>();
  for (const { code, severity, span, context } of findings) {
    if (severity !== 'error' || code === 'not-in-version') continue;
    // What this host lacks is nothing wrong where OpenSIPS is asked.
    if (asked === 'opensips' && isOfHost(code)) continue;
    // A finding about the file as a whole stands at its start, and is no answer to what is written there.
    if (span.end === 0) continue;
    wrong.add(span.start);
    if (context && !settings.has(context.start)) wrong.add(context.start);
  }
  const seen = new Set<string>();
  return inTextOrder(findings).filter(({ code, span, message }) => {
    const key = `${code} ${span.start} ${message}`;
    if (seen.has(key) || (code === 'not-in-version' && wrong.has(span.start))) return false;
    seen.add(key);
    return true;
  });
}

function isSetting(kind: Config['items'][number]['kind']): boolean {
  return kind === 'GlobalParameter' || kind === 'SocketDefinition' || kind === 'BrokenItem';
}
