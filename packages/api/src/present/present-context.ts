import type { ChosenAsset, ContextResolution } from '@vitrine/core';
import {
  type AudioRef,
  audioRoleSchema,
  type ContextAnswer,
  type ContextSlots,
  type GenerationContextItem,
  type VisualRef,
  visualRoleSchema,
  wholeSeconds,
} from '@vitrine/schema';
import type { AssetUrls } from './asset-urls.ts';

function thumbnailOf({ thumb, facts, ...asset }: ChosenAsset, urls: AssetUrls): { thumbnailUrl?: string } {
  // A video's is made on demand.
  if (thumb === null && facts.type !== 'video') return {};
  return { thumbnailUrl: urls.rendition(asset, { preset: 'thumb', sha256: thumb }) };
}

function waveformOf({ thumb, facts, ...asset }: ChosenAsset, urls: AssetUrls): { waveformUrl?: string } {
  // The thumb is drawn from the peaks, so where it is ready they are.
  if (thumb === null || facts.type !== 'audio') return {};
  return { waveformUrl: urls.rendition(asset, { preset: 'waveform', sha256: null }) };
}

function refOf(chosen: ChosenAsset, urls: AssetUrls) {
  const { id, version, sha256, name, tags, mimeType, size, priority } = chosen;
  return {
    id,
    version,
    sha256,
    name,
    tags: [...tags],
    mimeType,
    size,
    source: chosen.source === 'campaign' ? ('campaign' as const) : ('client' as const),
    priority,
    url: urls.original(chosen),
    ...thumbnailOf(chosen, urls),
  };
}

/** The database binds roles to kinds, so no other kind comes here. */
function otherKind({ id, facts }: ChosenAsset): Error {
  return new Error(`The ${facts.type} ${id} carries a role of another kind.`);
}

function visualRef(chosen: ChosenAsset, urls: AssetUrls): VisualRef {
  const { facts } = chosen;
  switch (facts.type) {
    case 'image':
      return { ...refOf(chosen, urls), ...facts };
    case 'video':
      return { ...refOf(chosen, urls), ...facts, duration: wholeSeconds(facts.durationMs) };
    case 'audio':
    case 'document':
      throw otherKind(chosen);
    default:
      return facts satisfies never;
  }
}

function audioRef(chosen: ChosenAsset, urls: AssetUrls): AudioRef {
  const { facts } = chosen;
  if (facts.type !== 'audio') throw otherKind(chosen);
  const duration = wholeSeconds(facts.durationMs);
  return { ...refOf(chosen, urls), ...facts, duration, ...waveformOf(chosen, urls) };
}

/** The answer with addresses. */
export function presentContext(resolution: ContextResolution, urls: AssetUrls): ContextAnswer {
  if (!resolution.ok) return { ok: false, missing: [...resolution.missing] };
  const slots: ContextSlots = {};
  for (const [role, chosen] of resolution.slots) {
    const visual = visualRoleSchema.safeParse(role);
    if (visual.success) slots[visual.data] = chosen.map((one) => visualRef(one, urls));
    else slots[audioRoleSchema.parse(role)] = chosen.map((one) => audioRef(one, urls));
  }
  return { ok: true, slots, hash: resolution.hash };
}

/** One entry of the flat list, in the origin's shape. */
export function presentContextItem(chosen: ChosenAsset, urls: AssetUrls): GenerationContextItem {
  const { id, facts, source, name, tags, priority, size, mimeType } = chosen;
  return {
    id,
    url: urls.original(chosen),
    ...thumbnailOf(chosen, urls),
    type: facts.type,
    source,
    name,
    tags: [...tags],
    priority,
    ...('durationMs' in facts && { duration: wholeSeconds(facts.durationMs) }),
    ...waveformOf(chosen, urls),
    fileSize: size,
    mimeType,
  };
}
