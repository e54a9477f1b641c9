/**
 * Why a file is not taken, in words for its owner. Parsers throw it on both sides of the process boundary; the inspector
 * turns it into an AppError. It depends on nothing, so that a sandbox process starts fast.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, detail: string, options: { cause?: unknown } = {}) {
    super(detail, options);
    this.name = 'Refusal';
    this.code = code;
  }
}

export type RefusalCode = 'unsupported_format' | 'unreadable_media';

/** The bytes are of no format in the table. `detected` completes "This is …". */
export function unsupported(detected: string, advice = ''): Refusal {
  return new Refusal('unsupported_format', `This is ${detected}.${advice && ` ${advice}`}`);
}

/** The format is known, but the file ends before it should. `what` is the sentence that says what is missing. */
export function truncated(label: string, what: string): Refusal {
  return new Refusal(
    'unreadable_media',
    `The ${label} file is truncated: ${what}. Copy it again from where it came from, or export it again.`,
  );
}

/** The format is known and the file is whole as far as one can tell, but a promised fact cannot be read. */
export function missingFact(
  label: string,
  { fact, why, cause }: { fact: string; why: string; cause?: unknown },
): Refusal {
  return new Refusal(
    'unreadable_media',
    `The ${label} file's ${fact} cannot be read: ${why}. Export it again.`,
    cause === undefined ? {} : { cause },
  );
}
