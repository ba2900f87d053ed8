import { diagnostic } from '../findings/diagnostics.ts';
import type { Check } from './facts/context.ts';

/** There is at least one socket line, or `-l` gives one. */
export const hostHasAListener: Check = ({ config, environment }) => {
  // Of an empty file more has been said already.
  if (config.items.length === 0 || (environment.extraListeners ?? []).length > 0) return [];
  const listens = config.items.some((item) => item.kind === 'SocketDefinition' || item.kind === 'BrokenItem');
  return listens ? [] : [diagnostic('no-listener', { start: 0, end: 0 }, 'no socket is given to listen on')];
};
