import { useQuery } from '@tanstack/react-query';
import { type Asset, fold, roleNamed, tagKey, tagNameSchema } from '@vitrine/schema';
import { X } from 'lucide-react';
import { useState } from 'react';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { toast } from 'sonner';
import { trpc } from '../../../app/trpc.ts';
import { Button } from '../../../components/ui/button.tsx';
import { fieldClass } from '../../../components/ui/field-class.ts';
import { optionClass, popoverClass } from '../../../components/ui/popover-class.ts';
import { useAssetMutations } from '../api/use-asset-mutations.ts';
import { freeTagsOf } from '../free-tags.ts';

/** The free tags of an asset; the client's other tags are offered while typing. */
export function TagsEditor({ asset, isReadOnly }: { asset: Asset; isReadOnly: boolean }) {
  const [draft, setDraft] = useState('');
  const { update } = useAssetMutations();
  const known = useQuery({
    ...trpc.tag.list.queryOptions({ clientId: asset.clientId }),
    enabled: !isReadOnly,
  });
  const own = freeTagsOf(asset.tags);
  const ownKeys = new Set(own.map(tagKey));
  // Nothing is offered for an empty field, so that the list closes once a tag is added.
  const words = fold(draft);
  const offered = (known.data ?? []).filter(
    ({ name }) => words !== '' && fold(name).includes(words) && !ownKeys.has(tagKey(name)),
  );

  // Replaces all tags: the roles are among them and have to stay.
  const save = (tags: readonly string[]) =>
    update.mutate({ id: asset.id, rowVersion: asset.rowVersion, tags: [...asset.roles, ...tags] });
  const add = (text: string) => {
    setDraft('');
    if (text.trim() === '' || ownKeys.has(tagKey(text))) return;
    const tag = tagNameSchema.safeParse(text);
    if (!tag.success) toast.error(tag.error.issues[0]?.message ?? 'This tag cannot be used.');
    else if (roleNamed(tag.data)) toast.error('This is the name of a role. Switch it on among the roles.');
    else save([...own, tag.data]);
  };

  return (
    <div className="grid gap-3">
      {own.length > 0 && (
        <ul aria-label="Tags of this asset" className="flex flex-wrap gap-1.5">
          {own.map((tag) => (
            <li
              key={tag}
              className="flex max-w-full items-center gap-0.5 rounded-lg bg-sunken py-0.5 pr-0.5 pl-2.5 text-sm"
            >
              <span className={`truncate ${isReadOnly ? 'pr-2' : ''}`}>{tag}</span>
              {!isReadOnly && (
                <Button
                  look="quiet"
                  size="icon-sm"
                  aria-label={`Remove tag ${tag}`}
                  isDisabled={update.isPending}
                  onPress={() => save(own.filter((other) => other !== tag))}
                  className="size-6! rounded-md!"
                >
                  <X size={13} aria-hidden />
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isReadOnly && own.length === 0 && <p className="text-faint text-sm">None</p>}
      {!isReadOnly && (
        <ComboBox
          aria-label="Add a tag"
          allowsCustomValue
          items={offered}
          inputValue={draft}
          onInputChange={setDraft}
          selectedKey={null}
          onSelectionChange={(key) => {
            const tag = offered.find(({ id }) => id === key);
            if (tag) add(tag.name);
          }}
          menuTrigger="input"
        >
          <Input
            placeholder="Add a tag…"
            className={`${fieldClass} h-9`}
            onKeyDown={(event) => {
              // With an option under the cursor, Enter chooses it; otherwise it adds what was typed.
              if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-activedescendant')) return;
              event.preventDefault();
              add(draft);
            }}
          />
          <Popover offset={6} className={`${popoverClass} w-(--trigger-width)`}>
            <ListBox<
              (typeof offered)[number]
            > className="max-h-60 overflow-auto p-1 outline-none scroll-quiet">
              {({ id, name, assetCount }) => (
                <ListBoxItem id={id} textValue={name} className={optionClass}>
                  <span className="flex-1 truncate">{name}</span>
                  <span className="text-faint text-xs tabular">{assetCount}</span>
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
      )}
    </div>
  );
}
