import { main } from './adapters/cli.ts';

process.exitCode = main(process.argv.slice(2));
