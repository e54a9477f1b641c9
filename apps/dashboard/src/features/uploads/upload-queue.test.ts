import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMoving, reduceUploads, type Upload, type UploadEvent, uploadsToStart } from './upload-queue.ts';

const target = { clientId: 'c', campaignId: null, name: 'Northwind' };
const added = (...ids: string[]): UploadEvent => ({
  type: 'added',
  uploads: ids.map((id) => ({ id, fileName: `${id}.jpg`, size: 100, target })),
});
const after = (...events: UploadEvent[]) => events.reduce<readonly Upload[]>(reduceUploads, []);
const statesOf = (uploads: readonly Upload[]) => uploads.map(({ state }) => state);

test('a file waits, is sent, is checked and is done', () => {
  const sending = after(added('a'), { type: 'started', id: 'a' }, { type: 'progressed', id: 'a', sent: 40 });
  expect(statesOf(sending)).toEqual([{ kind: 'sending', sent: 40 }]);
  const checking = reduceUploads(sending, { type: 'progressed', id: 'a', sent: 100 });
  expect(statesOf(checking)).toEqual([{ kind: 'checking' }]);
  const done = reduceUploads(checking, { type: 'finished', id: 'a', assetId: 'x', outcome: 'created' });
  expect(statesOf(done)).toEqual([{ kind: 'done', assetId: 'x', outcome: 'created' }]);
});

test('progress never goes back', () => {
  const uploads = after(
    added('a'),
    { type: 'started', id: 'a' },
    { type: 'progressed', id: 'a', sent: 60 },
    { type: 'progressed', id: 'a', sent: 20 },
  );
  expect(statesOf(uploads)).toEqual([{ kind: 'sending', sent: 60 }]);
});

test('a cancelled file stays cancelled, whatever its request still says', () => {
  const uploads = after(
    added('a'),
    { type: 'started', id: 'a' },
    { type: 'cancelled', id: 'a' },
    { type: 'refused', id: 'a', reason: 'Cancelled.' },
    { type: 'finished', id: 'a', assetId: 'x', outcome: 'created' },
  );
  expect(statesOf(uploads)).toEqual([{ kind: 'cancelled' }]);
});

test('a refused file keeps its reason and can be tried again', () => {
  const refused = after(
    added('a'),
    { type: 'started', id: 'a' },
    { type: 'refused', id: 'a', reason: 'Truncated.' },
  );
  expect(statesOf(refused)).toEqual([{ kind: 'refused', reason: 'Truncated.' }]);
  expect(statesOf(reduceUploads(refused, { type: 'retried', id: 'a' }))).toEqual([{ kind: 'waiting' }]);
});

test('clearing takes what is over and leaves what is under way', () => {
  const uploads = after(
    added('a', 'b'),
    { type: 'cancelled', id: 'a' },
    { type: 'started', id: 'b' },
    { type: 'cleared' },
  );
  expect(uploads.map(({ id }) => id)).toEqual(['b']);
});

const ids = ['a', 'b', 'c', 'd', 'e'];
const event: fc.Arbitrary<UploadEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom('cancelled' as const, 'retried' as const),
    id: fc.constantFrom(...ids),
  }),
  fc.record({
    type: fc.constant('progressed' as const),
    id: fc.constantFrom(...ids),
    sent: fc.integer({ min: 0, max: 120 }),
  }),
  fc.record({
    type: fc.constant('finished' as const),
    id: fc.constantFrom(...ids),
    assetId: fc.constant('x'),
    outcome: fc.constant('created' as const),
  }),
  fc.record({ type: fc.constant('refused' as const), id: fc.constantFrom(...ids), reason: fc.string() }),
);

test('whatever happens, no more files move at once than allowed, and none is lost', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (events, limit) => {
      let uploads = after(added(...ids));
      for (const each of events) {
        for (const { id } of uploadsToStart(uploads, limit)) {
          uploads = reduceUploads(uploads, { type: 'started', id });
        }
        expect(uploads.filter(isMoving).length).toBeLessThanOrEqual(limit);
        uploads = reduceUploads(uploads, each);
      }
      expect(uploads.map(({ id }) => id)).toEqual(ids);
    }),
  );
});
