/** What the library should be, as far as people can tell: the whole truth of one client in a few maps. */
export interface ModelAsset {
  readonly id: string;
  readonly name: string;
  readonly campaign: string | null;
  readonly tags: readonly string[];
  readonly rowVersion: number;
  /** Hashes of the versions, the first one first. */
  readonly versions: readonly string[];
  readonly trashed: boolean;
}
export type Model = ReadonlyMap<string, ModelAsset>;

/** What is asked of the library. Bytes are named by their hash. */
export type Command =
  | {
      readonly do: 'upload';
      readonly sha256: string;
      readonly campaign: string | null;
      readonly name: string;
      readonly keep: boolean;
    }
  | {
      readonly do: 'replace';
      readonly id: string;
      readonly sha256: string;
      readonly rowVersion: number | null;
    }
  | { readonly do: 'rename'; readonly id: string; readonly name: string; readonly rowVersion: number | null }
  | { readonly do: 'move'; readonly id: string; readonly campaign: string | null }
  | { readonly do: 'tag'; readonly id: string; readonly tags: readonly string[] }
  | { readonly do: 'trash'; readonly id: string }
  | { readonly do: 'restore'; readonly id: string }
  | { readonly do: 'purge'; readonly id: string }
  | { readonly do: 'restoreVersion'; readonly id: string; readonly version: number }
  | { readonly do: 'collect' };

/** What the library answered, or the model expects. */
export type Answer =
  | {
      readonly ok: true;
      readonly outcome?: string;
      readonly asset?: Omit<ModelAsset, 'versions' | 'trashed'> & {
        readonly sha256: string;
        readonly version: number;
      };
    }
  | { readonly ok: false; readonly code: string };

const refused = (code: string): Answer => ({ ok: false, code });

function shown(asset: ModelAsset, outcome?: string): Answer {
  const { versions, trashed: _trashed, ...rest } = asset;
  const sha256 = versions.at(-1) ?? '';
  return { ok: true, ...(outcome && { outcome }), asset: { ...rest, sha256, version: versions.length } };
}

interface Step {
  readonly model: Model;
  readonly answer: Answer;
}

const put = (model: Model, asset: ModelAsset): Model => new Map(model).set(asset.id, asset);

function changed(model: Model, asset: ModelAsset, change: Partial<ModelAsset>, outcome?: string): Step {
  const next = { ...asset, ...change, rowVersion: asset.rowVersion + 1 };
  return { model: put(model, next), answer: shown(next, outcome) };
}

/** Every way in which an upload may end: of several assets with the same bytes any may be meant, and a new one has an id of its own. */
function uploads(model: Model, command: Command & { do: 'upload' }, seen: Answer): Step[] {
  const { sha256, campaign, name, keep } = command;
  const same = [...model.values()].filter(
    (asset) => asset.versions.at(-1) === sha256 && asset.campaign === campaign,
  );
  const live = same.filter(({ trashed }) => !trashed);
  if (!keep && live.length > 0) {
    return live.map((asset) => ({ model, answer: shown(asset, 'deduplicated') }));
  }
  if (!keep && same.length > 0) {
    return same.map((asset) => changed(model, asset, { trashed: false }, 'restored'));
  }
  const id = seen.ok ? seen.asset?.id : undefined;
  if (id === undefined || model.has(id)) return [];
  const made: ModelAsset = {
    id,
    name,
    campaign,
    tags: [],
    rowVersion: 1,
    versions: [sha256],
    trashed: false,
  };
  return [{ model: put(model, made), answer: shown(made, 'created') }];
}

/** Every way in which the command may end; `seen` is what the library answered, which alone knows the ids of new assets. */
function endings(model: Model, command: Command, seen: Answer): Step[] {
  if (command.do === 'upload') return uploads(model, command, seen);
  if (command.do === 'collect') return [{ model, answer: { ok: true } }];
  const asset = model.get(command.id);
  const unchanged = (answer: Answer): Step[] => [{ model, answer }];
  const inTrash = command.do === 'restore' || command.do === 'purge';
  if (!asset || asset.trashed !== inTrash) return unchanged(refused('not_found'));
  const stale =
    'rowVersion' in command && command.rowVersion !== null && command.rowVersion !== asset.rowVersion;
  if (stale) return unchanged(refused('conflict'));
  switch (command.do) {
    case 'replace': {
      const { sha256 } = command;
      if (asset.versions.at(-1) === sha256) return unchanged(shown(asset, 'deduplicated'));
      const outcome = asset.versions.includes(sha256) ? 'restored' : 'new_version';
      return [changed(model, asset, { versions: [...asset.versions, sha256] }, outcome)];
    }
    case 'restoreVersion': {
      const sha256 = asset.versions[command.version - 1];
      if (sha256 === undefined) return unchanged(refused('not_found'));
      if (sha256 === asset.versions.at(-1)) return unchanged(shown(asset));
      return [changed(model, asset, { versions: [...asset.versions, sha256] })];
    }
    case 'rename':
      return [changed(model, asset, { name: command.name })];
    case 'move':
      return [changed(model, asset, { campaign: command.campaign })];
    case 'tag':
      return [changed(model, asset, { tags: [...command.tags].sort() })];
    case 'trash':
      return [{ ...changed(model, asset, { trashed: true }), answer: { ok: true } }];
    case 'restore':
      return [changed(model, asset, { trashed: false })];
    case 'purge': {
      const rest = new Map(model);
      rest.delete(asset.id);
      return [{ model: rest, answer: { ok: true } }];
    }
    default:
      return command satisfies never;
  }
}

const alike = (one: Answer, other: Answer) => JSON.stringify(one) === JSON.stringify(other);

/**
 * All models that the library may be in after these commands were given at once and answered so: one for each order in which
 * they could have been done one after the other.
 */
export function after(model: Model, done: readonly { command: Command; answer: Answer }[]): Model[] {
  if (done.length === 0) return [model];
  return done.flatMap(({ command, answer }, index) =>
    endings(model, command, answer)
      .filter((step) => alike(step.answer, answer))
      .flatMap((step) => after(step.model, done.toSpliced(index, 1))),
  );
}
