// Registers 10,000 contacts with SQLite behind them, kills the program with SIGKILL in the moment of the last answer,
// starts it again and sends each of them a MESSAGE. Prints the figures; ends with 1 where one does not answer.
// Usage: npm run build && node scripts/registrar-kill.mjs [contacts]
import { surviveKill } from '../build/test/calls/survival.js';

const count = Number(process.argv[2] ?? 10_000);
const { registered, reached, rate, startTime } = await surviveKill('dist/tsips.js', count);
console.log(`${registered} contacts of ${count} registered, ${Math.round(rate)} a second; killed`);
console.log(`up again after ${(startTime / 1000).toFixed(1)} s; ${reached} of ${count} answer`);
process.exit(registered === count && reached === count ? 0 : 1);
