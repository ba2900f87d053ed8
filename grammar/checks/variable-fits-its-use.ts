import type { FormattedText, Span } from '../ast.ts';
import type { VariableFacts as KnownVariable } from '../catalogue.ts';
import { type Diagnostic, type DiagnosticDetails, diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import type { VariableFacts } from '../manifest.ts';
import { inRange } from '../versions/order.ts';
import type { Check, CheckContext } from './facts/context.ts';
import type { VariableAnswer } from './facts/names.ts';
import type { VariableUse } from './facts/script.ts';

/**
 * A variable has a name in brackets and an index only where it takes them, a word that it knows, and is assigned only
 * where it can be.
 */
export const variableFitsItsUse: Check = (context) => {
  const formsOf = rememberForms(context);
  return context.variables.flatMap((use) => {
    const { inner, nameSpan } = use.variable;
    // Its bracket is not closed, which has been reported.
    if (inner === undefined && context.text.charAt(nameSpan.end) === '(') return [];
    const forms = formsOf(use);
    return forms ? judge(use, forms) : [];
  });
};

/** The same variable stands at many places. */
function rememberForms({
  names,
  environment,
  version,
}: CheckContext): (use: VariableUse) => Forms | undefined {
  const [plain, withName] = [new Map<string, Forms | undefined>(), new Map<string, Forms | undefined>()];
  return (use) => {
    const { name, inner } = use.variable;
    const known = inner ? withName : plain;
    if (known.has(name)) return known.get(name);
    const answer = names.variable(name);
    const forms = environment.asked === 'opensips' ? formsOfVersion(answer, use, version) : formsHere(answer);
    known.set(name, forms);
    return forms;
  };
}

/** How a variable may be used. */
interface Forms {
  readonly takesInner: boolean;
  readonly needsInner: boolean;
  /** OpenSIPS looks for the plain name alone, and reads nothing where it stands so. */
  readonly missesInner?: boolean;
  readonly takesIndex: boolean;
  readonly words?: readonly string[];
  /** `later`: OpenSIPS lets it be assigned, tsips does not yet. */
  readonly assignable: 'yes' | 'no' | 'later';
}

/** Undefined for variables that tsips does not have. */
function formsHere(answer: VariableAnswer): Forms | undefined {
  if (answer.state !== 'ours') return undefined;
  const { facts, known } = answer;
  const words = wordsOf(facts);
  return {
    takesInner: facts.inner === undefined ? hasForm(known, 'n') : facts.inner !== 'none',
    needsInner: isNeeded(facts),
    takesIndex: facts.index ?? hasForm(known, 'i'),
    ...(words && { words }),
    assignable: facts.writable === true ? 'yes' : hasForm(known, 'w') ? 'later' : 'no',
  };
}

/**
 * Where OpenSIPS is asked its version decides; of a variable that it does not have more has been told. It looks for the
 * plain name of a module's variable alone.
 */
function formsOfVersion(
  answer: VariableAnswer,
  { variable }: VariableUse,
  version: string,
): Forms | undefined {
  const known = 'known' in answer ? answer.known : [];
  if (known.length === 0) return formsHere(answer);
  const present = known.filter((facts) => inRange(version, facts));
  if (present.length === 0) return undefined;
  const ofCore = present.filter(({ module }) => module === 'core');
  const start = variable.inner ? 'n' : 'p';
  const fitting = ofCore.flatMap(({ forms }) => forms.split(' ')).filter((form) => form.startsWith(start));
  const has = (letter: 'i' | 'w') =>
    ofCore.length > 0 ? fitting.some((form) => form.includes(letter)) : hasForm(present, letter);
  const words = answer.state === 'ours' ? wordsOf(answer.facts) : undefined;
  return {
    takesInner: hasForm(present, 'n'),
    needsInner: ofCore.length > 0 && !variable.inner && fitting.length === 0,
    missesInner: ofCore.length === 0 && answer.state === 'ours' && isNeeded(answer.facts),
    takesIndex: has('i'),
    ...(words && { words }),
    assignable: has('w') ? 'yes' : 'no',
  };
}

function judge({ variable, assigned }: VariableUse, forms: Forms): readonly Diagnostic[] {
  const { name, span } = variable;
  const { takesInner, needsInner, missesInner = false, takesIndex, words, assignable } = forms;
  const wrong = (message: string, details: DiagnosticDetails = {}) => [
    diagnostic('variable-wrong-form', span, message, details),
  ];
  if ((needsInner || missesInner) && variable.inner === undefined) {
    return wrong(`$${name} needs a name in round brackets`, {
      ...(!needsInner && { severity: 'warning', why: 'OpenSIPS takes it and reads nothing' }),
      help: `write $${name}(${words?.[0] ?? 'name'})`,
    });
  }
  if (variable.inner !== undefined && !takesInner) return wrong(`$${name} takes no name in round brackets`);
  if (variable.index !== undefined && !takesIndex) return wrong(`$${name} takes no index`);
  if (variable.index?.kind === 'NameIndex' && !takesWord(name, variable.index.text)) {
    return wrong(`the index of $${name} is a number, a variable or *`, {
      help: 'write a number without blanks and plus; -1 is the last one',
    });
  }
  const unknown = words && variable.inner && unknownWord(name, variable.inner, words, span);
  if (unknown) return [unknown];
  if (!assigned) return [];
  const [first] = variable.transformations;
  if (first) {
    return [
      diagnostic('variable-not-writable', first.span, 'nothing can be assigned to a transformed value', {
        context: span,
        help: 'take the transformation out',
      }),
    ];
  }
  if (assignable === 'yes') return [];
  const message = assignable === 'no' ? `$${name} can only be read` : `tsips cannot assign to $${name} yet`;
  return [diagnostic('variable-not-writable', span, message)];
}

/** Where an assignment puts its value; those of `$sdp` have more words. */
function takesWord(name: string, word: string): boolean {
  return name.startsWith('sdp') || (name === 'avp' && word.toLowerCase() === 'append');
}

function isNeeded({ inner }: VariableFacts): boolean {
  return inner === 'required' || (typeof inner === 'object' && !inner.optional);
}

function wordsOf({ inner }: VariableFacts): readonly string[] | undefined {
  return typeof inner === 'object' ? inner.oneOf : undefined;
}

/** Undefined for a word that it knows, and for one that is made from variables and so is known in a run alone. */
function unknownWord(
  name: string,
  { parts, span }: FormattedText,
  words: readonly string[],
  context: Span,
): Diagnostic | undefined {
  if (parts.some(({ kind }) => kind === 'Variable')) return undefined;
  const written = parts.map((part) => (part.kind === 'TextPart' ? part.text : '')).join('');
  const word = written.trim().toLowerCase();
  if (words.includes(word)) return undefined;
  const near = suggest(word, words);
  const help = near === undefined ? `it knows ${words.join(', ')}` : `did you mean $${name}(${near})?`;
  return diagnostic(
    'unknown-variable-word',
    span,
    `$${name} does not know ${written.trim() || 'an empty word'}`,
    {
      context,
      help,
      ...(near !== undefined && { fix: { span, text: near } }),
    },
  );
}

/** Whether OpenSIPS, in some version, lets it take a name (n) or an index (i), or be assigned (w). */
function hasForm(known: readonly Pick<KnownVariable, 'forms'>[], letter: 'n' | 'i' | 'w'): boolean {
  return known.some(({ forms }) => forms.includes(letter));
}
