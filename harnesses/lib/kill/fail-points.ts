/** What a process can be killed around: a step of a port, or an operation of the file system below it. */
const steps = [
  'staging.receive',
  'partials.append',
  'partials.complete',
  'partials.remove',
  'blobs.put',
  'blobs.delete',
  'transaction',
  'fs.open',
  'fs.write',
  'fs.sync',
  'fs.rename',
  'fs.link',
  'fs.unlink',
] as const;
export type Step = (typeof steps)[number];

/** Before a step, after it, or (where that can be told) in its middle: half of the bytes written, all rows written but not committed. */
export type FailPoint = `${Step}:before` | `${Step}:after` | 'fs.write:middle' | 'transaction:middle';

export const failPoints: readonly FailPoint[] = [
  ...steps.flatMap((step) => [`${step}:before`, `${step}:after`] as const),
  'fs.write:middle',
  'transaction:middle',
];

/** Told of every point that is passed. */
export type OnPoint = (point: FailPoint) => void;

export async function around<T>(step: Step, onPoint: OnPoint, work: () => Promise<T>): Promise<T> {
  onPoint(`${step}:before`);
  const result = await work();
  onPoint(`${step}:after`);
  return result;
}
