import { command } from './command.ts';

process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));
process.exitCode = await command(process.argv.slice(2), process.stdout, process.stderr);
