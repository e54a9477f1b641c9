import type { AssetFacts, ContextConstraints, Rights, UnfitReason } from '@vitrine/schema';

interface Judged {
  readonly facts: AssetFacts;
  readonly rights: Rights;
}

export interface Unfit {
  readonly reason: UnfitReason;
  readonly detail: string;
}

type Found = Unfit | false;
const seconds = (ms: number) => `${ms / 1000} s`;

function aspectReason(width: number, height: number, { aspect, aspectTolerance }: ContextConstraints): Found {
  if (aspect === undefined) return false;
  const [across = 1, down = 1] = aspect.split(':').map(Number);
  // The products stay whole numbers: no ratio is rounded before it is compared.
  const wanted = height * across;
  return (
    Math.abs(width * down - wanted) > aspectTolerance * wanted && {
      reason: 'wrong_aspect',
      detail: `It is ${width} × ${height}, not ${aspect}.`,
    }
  );
}

function pictureReasons(width: number, height: number, constraints: ContextConstraints): Found[] {
  const { minWidth = 0, minHeight = 0 } = constraints;
  const small = width < minWidth || height < minHeight;
  const least = [minWidth && `${minWidth} pixels wide`, minHeight && `${minHeight} pixels high`];
  return [
    small && {
      reason: 'too_small',
      detail: `It is ${width} × ${height}; at least ${least.filter(Boolean).join(' and ')} is needed.`,
    },
    aspectReason(width, height, constraints),
  ];
}

function durationReason(durationMs: number, { maxDuration }: ContextConstraints): Found {
  return (
    maxDuration !== undefined &&
    durationMs > maxDuration * 1000 && {
      reason: 'too_long',
      detail: `It lasts ${seconds(durationMs)}; at most ${seconds(maxDuration * 1000)} is wanted.`,
    }
  );
}

function factReasons(facts: AssetFacts, constraints: ContextConstraints): Found[] {
  switch (facts.type) {
    case 'image':
      return pictureReasons(facts.width, facts.height, constraints);
    case 'video':
      return [
        ...pictureReasons(facts.width, facts.height, constraints),
        durationReason(facts.durationMs, constraints),
      ];
    case 'audio':
      return [durationReason(facts.durationMs, constraints)];
    case 'document':
      return [];
    default:
      return facts satisfies never;
  }
}

/** Two names of one format. */
const sameFormat = (format: string) => (format === 'jpeg' ? 'jpg' : format);

function formatReason({ format }: AssetFacts, { formats }: ContextConstraints): Found {
  return (
    formats !== undefined &&
    !formats.map(sameFormat).includes(sameFormat(format)) && {
      reason: 'wrong_format',
      detail: `It is ${format}; ${formats.join(', ')} can be read.`,
    }
  );
}

function termReason({ from, to }: Rights, day: string): Found {
  // Days of one form sort as texts.
  if (from !== null && day < from) {
    return { reason: 'rights_not_yet', detail: `Its rights begin on ${from}.` };
  }
  return to !== null && day > to && { reason: 'rights_expired', detail: `Its rights ended on ${to}.` };
}

function placeReason({ territories, channels }: Rights, { territory, channel }: ContextConstraints): Found {
  const outside = (allowed: readonly string[], wanted: string | undefined) =>
    wanted !== undefined && allowed.length > 0 && !allowed.includes(wanted);
  const barred = [
    outside(territories, territory) && `territories ${territories.join(', ')}, not ${territory}`,
    outside(channels, channel) && `channels ${channels.join(', ')}, not ${channel}`,
  ].filter((part) => part !== false);
  return (
    barred.length > 0 && {
      reason: 'not_allowed_here',
      detail: `Its rights cover the ${barred.join(', and the ')}.`,
    }
  );
}

function aiReason({ aiUse }: Rights, wanted: ContextConstraints['aiUse']): Found {
  switch (aiUse) {
    case 'allowed':
      return false;
    case 'refused':
      return { reason: 'ai_use_refused', detail: 'Its rights refuse use by a generator.' };
    case 'unknown':
      return (
        wanted === 'allowed' && {
          reason: 'ai_use_unknown',
          detail: 'Whether a generator may use it is not known; it has to be allowed.',
        }
      );
    default:
      return aiUse satisfies never;
  }
}

/** Every reason why an asset may not be chosen, in the order of the closed list; none: it fits. */
export function unfit({ facts, rights }: Judged, constraints: ContextConstraints, today: string): Unfit[] {
  return [
    ...factReasons(facts, constraints),
    formatReason(facts, constraints),
    termReason(rights, constraints.on ?? today),
    placeReason(rights, constraints),
    aiReason(rights, constraints.aiUse),
  ].filter((found) => found !== false);
}
