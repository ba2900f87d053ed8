import { done, type MigrationRule } from './tools/context.ts';

/** `epoll_lt` and `epoll_et` became `epoll` in 2.4. */
export const pollMethodsHaveTheirNames: MigrationRule = ({ config, reaches, written }) =>
  config.items.flatMap((item) => {
    if (item.kind !== 'GlobalParameter' || !/^(?:tcp_)?poll_method$/.test(item.name.text)) return [];
    const text = written(item.value.span);
    if (!reaches('2.4') || !/epoll_[le]t/.test(text)) return [];
    const edit = { span: item.value.span, text: text.replace(/epoll_[le]t/, 'epoll') };
    return [done(item.value.span, 'epoll_lt and epoll_et are now epoll', edit)];
  });
