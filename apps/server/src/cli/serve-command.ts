import closeWithGrace from 'close-with-grace';
import type { Command } from 'commander';
import { configFrom } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import { type RunningServer, serve } from '../serve.ts';
import { type CommonOptions, command } from './command.ts';
import { createOutput } from './output.ts';

/** Stops the server on SIGTERM, SIGINT or an error nobody caught; requests under way are finished first. */
export function stopWithGrace(server: RunningServer): void {
  closeWithGrace({ delay: 15_000 }, async ({ err, signal }) => {
    if (err) server.composition.logger.error({ err }, 'an error that nobody caught; stopping');
    else server.composition.logger.info({ signal }, 'stopping');
    await server[Symbol.asyncDispose]();
  });
}

/** `vitrine serve` */
export function serveCommand(program: Command): void {
  command(program, 'serve')
    .description('start the server')
    .action(async (options: CommonOptions) => {
      const server = await serve(configFrom(readEnv()));
      stopWithGrace(server);
      const first = await server.composition.services.people.firstOwner();
      const setUpUrl = first && `${server.url}/join#${first.token}`;
      const hint = setUpUrl ? `\nNobody can sign in yet. Become its owner, once:\n  ${setUpUrl}` : '';
      createOutput(options.json).result(
        { url: server.url, ...(setUpUrl && { setUpUrl }) },
        `Vitrine is at ${server.url}${hint}`,
      );
    });
}
