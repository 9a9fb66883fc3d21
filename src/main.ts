import { main } from './adapters/cli.ts';

// All is written by now, so nothing is lost by ending at once. Taking the heap down takes long after a large run.
void main(process.argv.slice(2)).then((status) => process.exit(status));
