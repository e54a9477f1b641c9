import { setImmediate as otherWork } from 'node:timers/promises';
import type {
  Tag,
  TagId,
  TagMerged,
  tagListInputSchema,
  tagMergeInputSchema,
  tagRenameInputSchema,
} from '@vitrine/schema';
import { tagKey } from '@vitrine/schema';
import type { z } from 'zod';
import type { Caller } from '../access/actor.ts';
import { authorizedClient, authorizedTag } from '../access/authorized.ts';
import { AppError, invalidField } from '../app-error.ts';
import { recordChange } from '../audit/record-change.ts';
import type { ServiceDependencies } from '../service-dependencies.ts';
import { replaceTag } from './replace-tag.ts';
import { tellOfCarriers } from './tell-of-carriers.ts';

type List = z.output<typeof tagListInputSchema>;
type Rename = z.output<typeof tagRenameInputSchema>;
type Merge = z.output<typeof tagMergeInputSchema>;

/** Free tags; each belongs to one client. Every method fails with `not_found` for a client or tag that is not visible. */
export interface TagService {
  list(caller: Caller, input: List): Promise<Tag[]>;
  /** Its assets are edited by it. Fails with `conflict` when the client has another tag of that name. */
  rename(caller: Caller, input: Rename): Promise<Tag>;
  /** Whatever carries the one carries the other instead, and the one goes. Fails with `invalid_input` for tags of two clients. */
  merge(caller: Caller, input: Merge): Promise<TagMerged>;
  /** Takes it from its assets, and away. Answers how many carried it. */
  delete(caller: Caller, id: TagId): Promise<number>;
}

export function createTagService(dependencies: Pick<ServiceDependencies, 'database' | 'clock'>): TagService {
  const { database, clock } = dependencies;
  return {
    list({ actor }, { clientId, q, limit }) {
      return database.read(async (readers) => {
        await authorizedClient(readers, { actor, action: 'tag.list', id: clientId });
        return readers.tags.list({ clientId, limit, ...(q && { prefix: tagKey(q) }) });
      });
    },

    async rename(caller, { id, name }) {
      const at = clock.now();
      const check = { actor: caller.actor, action: 'tag.write', id } as const;
      let untold = await database.transaction(async (writers) => {
        const before = await authorizedTag(writers, check);
        if (before.name === name) return null;
        await writers.tags.lock([id]);
        if (!(await writers.tags.rename({ ...before, name, at }))) {
          throw new AppError(
            'conflict',
            `This client has another tag '${name}'. Merge this one into it, or choose another name.`,
          );
        }
        await recordChange(writers, caller, at, {
          action: 'tag.rename',
          target: { type: 'tag', id },
          clientId: before.clientId,
          before,
          after: { ...before, name },
        });
        return tellOfCarriers(writers, before, { after: null, at });
      });
      const tag = await database.read((readers) => authorizedTag(readers, check));
      while (untold) {
        const after = untold;
        untold = await database.transaction((writers) => tellOfCarriers(writers, tag, { after, at }));
        await otherWork();
      }
      return tag;
    },

    async merge(caller, { id, into }) {
      const { actor } = caller;
      const [from, to] = await database.read(async (readers) => [
        await authorizedTag(readers, { actor, action: 'tag.write', id }),
        await authorizedTag(readers, { actor, action: 'tag.write', id: into }),
      ]);
      if (from?.clientId !== to?.clientId) throw invalidField(['into'], 'is a tag of another client');
      const changed = await replaceTag(dependencies, { caller, id, by: into });
      const tag = await database.read((readers) =>
        authorizedTag(readers, { actor, action: 'tag.write', id: into }),
      );
      return { tag, changed };
    },

    delete: (caller, id) => replaceTag(dependencies, { caller, id, by: null }),
  };
}
