import { done, type MigrationRule } from './tools/context.ts';

/** `use_children` of a socket is `use_workers` since 3.0. */
export const socketsHaveWorkers: MigrationRule = ({ config, reaches }) => {
  if (!reaches('3.0')) return [];
  return config.items.flatMap((item) =>
    item.kind !== 'SocketDefinition'
      ? []
      : item.options.flatMap((option) => {
          if (option.kind !== 'NumberOption' || option.keyword !== 'use_children') return [];
          const { start } = option.span;
          const span = { start, end: start + option.keyword.length };
          return [done(option.span, 'use_children is now use_workers', { span, text: 'use_workers' })];
        }),
  );
};
