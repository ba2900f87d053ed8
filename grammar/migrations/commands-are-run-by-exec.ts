import { type PlacedCall, placedCalls, replaceStatement, spanOfCall, textsOf } from './tools/calls.ts';
import { done, type Edit, type MigrationContext, type MigrationRule, type Step } from './tools/context.ts';
import { insertLineBefore, loadModuleLike } from './tools/lines.ts';

/**
 * exec_msg, exec_avp and exec_getenv went with 3.0: `exec(command, input, $output)` runs all commands, `$env(NAME)` of
 * cfgutils is what the environment has. Output for several AVPs and exec_dset, whose lines were branches, are left.
 */
export const commandsAreRunByExec: MigrationRule = (context) => {
  if (!context.reaches('3.0') || !context.modules.has('exec')) return [];
  const steps = placedCalls(context).flatMap((placed) => replace(context, placed) ?? []);
  return [...steps, ...loadForEnvironment(context)];
};

function replace(context: MigrationContext, placed: PlacedCall): Step | undefined {
  const { call } = placed;
  const { text: name } = call.name;
  const [first, ...others] = call.arguments;
  const [variable = '$avp(1)'] = textsOf(context, { ...call, arguments: others }) ?? [''];
  if (first?.kind !== 'String') return undefined;
  const command = context.written(first.span);
  // Variables of the environment were written as $$NAME, which a text has no more.
  if (command.includes('$$')) return undefined;
  const edit = (text: string): Edit => ({ span: spanOfCall(context, call), text });
  switch (name) {
    case 'exec_msg':
      return done(call.span, 'exec_msg is exec with the message as its input', edit(`exec(${command}, $mb)`));
    case 'exec_avp':
      if (!isAvp(variable)) return undefined;
      return done(call.span, 'exec_avp is exec with an output', edit(`exec(${command}, , ${variable})`));
    case 'exec_getenv':
      if (!isAvp(variable) || placed.as !== 'statement' || !/^\w+$/.test(first.value)) return undefined;
      return done(
        call.span,
        'exec_getenv is $env',
        replaceStatement(context, placed, [`${variable} = $env(${first.value})`]),
      );
    default:
      return undefined;
  }
}

/** `$env` is of cfgutils. */
function loadForEnvironment(context: MigrationContext): readonly Step[] {
  const exec = context.modules.get('exec');
  const isAsked = placedCalls(context).some(
    (placed) => placed.call.name.text === 'exec_getenv' && replace(context, placed) !== undefined,
  );
  if (!exec || !isAsked || context.modules.has('cfgutils')) return [];
  const { statement } = exec;
  const edit = insertLineBefore(context, statement.span, loadModuleLike(context, statement, 'cfgutils'));
  return [done(statement.path.span, '$env is of cfgutils', edit)];
}

const isAvp = (text: string) => /^\$avp\([^()$]+\)$/.test(text);
