// Runs commands of `vitrine` one after the other in one process, which costs a start once. A line holds the folder and the arguments.
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { runCli } from '../../../apps/server/src/cli/run-cli.ts';

const lineSchema = z.object({ settings: z.record(z.string(), z.string()), arguments: z.array(z.string()) });
const write = process.stdout.write.bind(process.stdout);

/** The exit code and what was printed. */
async function run(line: string) {
  const order = lineSchema.parse(JSON.parse(line));
  Object.assign(process.env, order.settings);
  process.exitCode = 0;
  let output = '';
  process.stdout.write = (chunk: string | Uint8Array) => {
    output += chunk.toString();
    return true;
  };
  const code = await runCli(['node', 'vitrine', ...order.arguments]);
  process.stdout.write = write;
  return { code, output };
}

for await (const line of createInterface(process.stdin)) {
  write(`${JSON.stringify(await run(line))}\n`);
}
process.exitCode = 0;
