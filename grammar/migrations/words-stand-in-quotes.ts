import type { Node, Word } from '../ast.ts';
import { walk } from '../walk.ts';
import { done, type MigrationRule } from './tools/context.ts';

/** `$rm==INVITE` is `$rm=="INVITE"` since 2.4. Names of flags, which are arguments, have a rule of their own. */
export const wordsStandInQuotes: MigrationRule = ({ config, reaches }) => {
  if (!reaches('2.4')) return [];
  const words: Word[] = [];
  walk(config, {
    enter: (node: Node, parent) => {
      if (node.kind === 'Word' && parent?.kind !== 'Call') words.push(node);
    },
  });
  return words.map(({ span, text }) =>
    done(span, `${text} is a word and stands in quotes`, { span, text: `"${text}"` }),
  );
};
