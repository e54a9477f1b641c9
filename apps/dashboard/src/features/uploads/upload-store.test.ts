import type { IngestOutcome } from '@vitrine/schema';
import { expect, test, vi } from 'vitest';
import type { sendUpload } from './api/send-upload.ts';
import { UploadStore } from './upload-store.ts';

const target = { clientId: 'c', campaignId: null, name: 'Northwind' };
const file = (name: string, size = 10) => ({ file: new File([new Uint8Array(size)], name), path: null });
type SendInput = Parameters<typeof sendUpload>[0];

/** A store whose uploads are answered by the test, and the requests it made so far. */
function controlled() {
  const requests: {
    input: SendInput;
    store: (assetId: string, outcome?: IngestOutcome) => void;
    refuse: (reason: string) => void;
  }[] = [];
  const onStored = vi.fn();
  const store = new UploadStore({
    send: (input) =>
      new Promise((resolve, reject) => {
        const refuse = (reason: string) => reject(new Error(reason));
        input.signal.addEventListener('abort', () => refuse('Cancelled.'));
        const stored = (assetId: string, outcome: IngestOutcome = 'created') => resolve({ assetId, outcome });
        requests.push({ input, store: stored, refuse });
      }),
    onStored,
  });
  const states = () => store.snapshot().map(({ state }) => state.kind);
  return { store, requests, onStored, states };
}

test('three files are sent at once; the next begins when one is stored', async () => {
  const { store, requests, onStored, states } = controlled();
  store.add({ files: ['a', 'b', 'c', 'd'].map((name) => file(name)), target, maxBytes: 100 });
  expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting']);
  requests[0]?.store('asset-1');
  await vi.waitFor(() => expect(requests).toHaveLength(4));
  expect(states()).toEqual(['done', 'sending', 'sending', 'sending']);
  expect(onStored).toHaveBeenCalledTimes(1);
});

test('a file over the limit is refused without being sent, and says the limit', () => {
  const { store, requests } = controlled();
  store.add({ files: [file('film.mov', 2000)], target, maxBytes: 1000 });
  expect(requests).toHaveLength(0);
  expect(store.snapshot()[0]?.state).toEqual({
    kind: 'refused',
    reason: 'This file has 2 KB; the server takes up to 1 KB.',
  });
});

test('cancelling stops the request and lets the next file begin', async () => {
  const { store, requests, states } = controlled();
  store.add({ files: ['a', 'b', 'c', 'd'].map((name) => file(name)), target, maxBytes: 100 });
  const first = store.snapshot()[0];
  if (first) store.cancel(first.id);
  expect(requests[0]?.input.signal.aborted).toBe(true);
  expect(requests).toHaveLength(4);
  await vi.waitFor(() => expect(states()).toEqual(['cancelled', 'sending', 'sending', 'sending']));
});

test('a refused file shows the reason of the server and is sent again on demand', async () => {
  const { store, requests, states } = controlled();
  store.add({ files: [file('a')], target, maxBytes: 100 });
  requests[0]?.refuse('The file is truncated.');
  await vi.waitFor(() =>
    expect(store.snapshot()[0]?.state).toEqual({ kind: 'refused', reason: 'The file is truncated.' }),
  );
  store.retry(store.snapshot()[0]?.id ?? '');
  expect(states()).toEqual(['sending']);
  expect(requests).toHaveLength(2);
});

test('clearing forgets what is over', async () => {
  const { store, requests, states } = controlled();
  store.add({ files: [file('a'), file('b')], target, maxBytes: 100 });
  requests[0]?.store('asset-1');
  await vi.waitFor(() => expect(states()).toEqual(['done', 'sending']));
  store.clear();
  expect(states()).toEqual(['sending']);
});

test('listeners hear of every change until they stop listening', () => {
  const { store } = controlled();
  const listener = vi.fn();
  const stop = store.subscribe(listener);
  store.add({ files: [file('a')], target, maxBytes: 100 });
  const calls = listener.mock.calls.length;
  expect(calls).toBeGreaterThan(0);
  stop();
  store.add({ files: [file('b')], target, maxBytes: 100 });
  expect(listener).toHaveBeenCalledTimes(calls);
});

test('a file whose bytes were there already is sent again when both are wanted', async () => {
  const { store, requests, states } = controlled();
  store.add({ files: [file('a')], target, maxBytes: 100 });
  requests[0]?.store('there', 'deduplicated');
  await vi.waitFor(() => expect(states()).toEqual(['done']));
  const first = store.snapshot()[0];
  if (first) store.keepBoth(first.id);
  expect(requests[1]?.input.target.keepBoth).toBe(true);
  requests[1]?.store('new');
  await vi.waitFor(() =>
    expect(store.snapshot()[0]?.state).toMatchObject({ assetId: 'new', outcome: 'created' }),
  );
});
