import type { AuditEvent } from '@vitrine/schema';

/** JSON Lines: an event to a line. */
export async function* auditLines(events: AsyncIterable<AuditEvent>): AsyncGenerator<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
