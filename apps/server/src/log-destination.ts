import { type DestinationStream, pino } from 'pino';

/** Standard error, with what is waiting for the end of the turn. */
function createDestination(): DestinationStream {
  const stream = pino.destination({ dest: 2, sync: true });
  let lines = '';
  function flush(): void {
    const due = lines;
    lines = '';
    if (due !== '') stream.write(due);
  }
  process.once('exit', flush);
  return {
    write(line) {
      if (lines === '') setImmediate(flush);
      lines += line;
    },
  };
}

let destination: DestinationStream | undefined;

/**
 * Standard error for the log, one for the process. The lines of one turn of the event loop are written together, since a write
 * for each costs a tenth of a thumbnail's answer; nothing is kept for longer, and the end of the process writes what is left.
 */
export function logDestination(): DestinationStream {
  destination ??= createDestination();
  return destination;
}
