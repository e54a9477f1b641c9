import { createVitrineClient } from '@vitrine/client';

const vitrine = createVitrineClient({
  url: process.env['VITRINE_URL'] ?? 'http://localhost:4400',
  apiKey: process.env['VITRINE_KEY'],
});

// What follows stands in docs/client.md.
const watch = vitrine.change.watch.subscribe(
  { clientId: process.env['VITRINE_CLIENT'] },
  {
    onData({ data: event }) {
      switch (event.type) {
        case 'change':
          console.log(event.change.kind, event.tile?.name ?? 'gone', event.tile?.preview.state ?? '');
          break;
        case 'caught_up':
        case 'reset':
          console.log('load the lists');
          break;
        default:
          event satisfies never;
      }
    },
    onError: (error) => console.error(error.message),
  },
);
process.once('SIGINT', () => watch.unsubscribe());
