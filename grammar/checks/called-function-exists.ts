import { type Diagnostic, diagnostic } from '../findings/diagnostics.ts';
import { suggest } from '../findings/suggest.ts';
import { at, describeLifetime } from '../versions/order.ts';
import { notInTsips } from './facts/answers.ts';
import type { ResolvedCall } from './facts/calls.ts';
import type { Check, CheckContext } from './facts/context.ts';
import { howToLoad } from './facts/loading.ts';
import { renameAdvice } from './facts/renames.ts';
import { onceForEachSlip } from './facts/repeated.ts';

/** Every function that is called exists, in tsips. Those of modules that only OpenSIPS has are told of there. */
export const calledFunctionExists: Check = (context) =>
  onceForEachSlip(
    context.calls.flatMap((use) =>
      judge(use, context).map((finding) => {
        const slip = slipOf(use, finding);
        return { finding, what: `used here: ${use.call.name.text}()`, ...(slip !== undefined && { slip }) };
      }),
    ),
  );

/** A function that tsips does not have is missed at many places; so is a module that is not loaded: one advice. */
function slipOf({ call, answer }: ResolvedCall, { help }: Diagnostic): string | undefined {
  if (answer.state === 'not in tsips') return `function ${call.name.text}`;
  return answer.state === 'not loaded' ? help : undefined;
}

function judge(use: ResolvedCall, context: CheckContext): readonly Diagnostic[] {
  const { call, answer } = use;
  const name = call.name.text;
  const span = call.name.span;
  switch (answer.state) {
    case 'not in tsips':
      return [
        diagnostic('function-not-in-tsips', span, notInTsips('function', name, answer.owner), {
          context: call.span,
          severity: context.absence,
        }),
      ];
    case 'not loaded':
      return [notLoaded(use, answer.owners, context)];
    case 'unknown':
      return unknown(use, context);
    case 'ours':
    case 'inert':
    case 'hidden':
      return [];
  }
}

function notLoaded(use: ResolvedCall, owners: readonly string[], context: CheckContext): Diagnostic {
  const { call, as } = use;
  const { environment } = context;
  const name = call.name.text;
  const gone = environment.asked === 'opensips' ? notInVersion(use, owners, context) : undefined;
  if (gone) return gone;
  const modules = owners.join(' or ');
  return diagnostic(
    'unknown-function',
    call.name.span,
    `${name} is a function of module ${modules}, which is not loaded`,
    {
      context: call.span,
      help: howToLoad(owners, 'take the call out', environment),
      ...(as === 'async' && { notes: [{ message: 'it is used asynchronously here' }] }),
    },
  );
}

/** Loading a module would not help where its function is of another version. */
function notInVersion(
  { call, as }: ResolvedCall,
  owners: readonly string[],
  { environment: { catalogue }, version }: CheckContext,
): Diagnostic | undefined {
  const { text, span } = call.name;
  const known = as === 'async' ? catalogue.asyncFunction(text) : catalogue.function(text);
  if (at(known, version)) return undefined;
  const rename = owners.flatMap((owner) => catalogue.renamed('function', text, owner) ?? [])[0];
  const words = `the function ${text} of module ${owners.join(' or ')} exists ${describeLifetime(known)}`;
  return diagnostic('not-in-version', span, `OpenSIPS ${version} would refuse this: ${words}`, {
    context: call.span,
    ...(rename && { help: renameAdvice(rename) }),
    ...(rename?.note !== undefined && { notes: [{ message: rename.note }] }),
  });
}

function unknown(use: ResolvedCall, { names, modules }: CheckContext): readonly Diagnostic[] {
  const { call, as } = use;
  const name = call.name.text;
  const span = call.name.span;
  if (as === 'async' && names.function(name, 'call').state !== 'unknown') {
    return [
      diagnostic('function-not-async', span, `${name} has no asynchronous version`, { context: call.span }),
    ];
  }
  const near = suggest(name, names.functionNames(as));
  // A module that nobody knows may have any function; it has been reported.
  if (near === undefined && modules.mayHideNames) return [];
  return [
    diagnostic('unknown-function', span, `there is no function ${name}`, {
      context: call.span,
      ...(near !== undefined && { help: `did you mean ${near}?`, fix: { span, text: near } }),
    }),
  ];
}
