#!/usr/bin/env node
import { main } from './main.ts';

// Where all work is at an end and the program is not, a module waits for what never comes.
process.exitCode = 255;
process.exit(await main(process.argv.slice(2)));
