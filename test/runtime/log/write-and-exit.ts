/** A process that logs 20000 lines in one turn and ends at once; log.test.ts counts what comes out. */
import { createLog } from '../../../runtime/log/index.ts';

const [, , winston, end] = process.argv;
const log = createLog();
if (winston === 'with') await log.open();
const logger = log.for('core');
for (let number = 0; number < 20_000; number++) logger.notice('f', `line ${number}`);
if (end === 'throw') throw new Error('the end');
process.exit(0);
