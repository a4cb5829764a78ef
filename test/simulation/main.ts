import { command } from './command.ts';

// Thousands of simulated errors a second, each with a stack that nobody reads.
Error.stackTraceLimit = 0;
process.exitCode = await command(process.argv.slice(2), process.stdout, process.stderr);
