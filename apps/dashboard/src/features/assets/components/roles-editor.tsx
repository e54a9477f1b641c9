import { type Asset, type AssetSetRolesInput, type Role, roleTable } from '@vitrine/schema';
import { Check } from 'lucide-react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { useAssetMutations } from '../api/use-asset-mutations.ts';
import { roleNames } from '../role-names.ts';

/** Which roles an asset plays. Each kind offers its own; documents have none. */
export function RolesEditor({ asset, isReadOnly }: { asset: Asset; isReadOnly: boolean }) {
  const { setRoles } = useAssetMutations();
  const save = (input: AssetSetRolesInput) => setRoles.mutate(input);
  const { id } = asset;
  switch (asset.type) {
    case 'image':
    case 'video': {
      const { type, roles } = asset;
      return (
        <RoleToggles
          all={isReadOnly ? roles : roleTable[type]}
          chosen={roles}
          isReadOnly={isReadOnly}
          onChange={(next) => save({ id, type, roles: next })}
        />
      );
    }
    case 'audio':
      return (
        <RoleToggles
          all={isReadOnly ? asset.roles : roleTable.audio}
          chosen={asset.roles}
          isReadOnly={isReadOnly}
          onChange={(next) => save({ id, type: 'audio', roles: next })}
        />
      );
    case 'document':
      return null;
    default:
      return asset satisfies never;
  }
}

interface RoleTogglesProps<R extends Role> {
  all: readonly R[];
  chosen: readonly R[];
  isReadOnly: boolean;
  onChange: (roles: R[]) => void;
}

function RoleToggles<R extends Role>({ all, chosen, isReadOnly, onChange }: RoleTogglesProps<R>) {
  if (all.length === 0) return null;
  return (
    <section className="border-line border-b px-5 py-5">
      <h2 className="mb-3 font-semibold text-sm tracking-normal" id="roles">
        Roles
      </h2>
      <ul aria-labelledby="roles" className="flex flex-wrap gap-1.5">
        {all.map((role) => (
          <li key={role}>
            <ToggleButton
              isDisabled={isReadOnly}
              isSelected={chosen.includes(role)}
              onChange={(isOn) =>
                onChange(all.filter((other) => (other === role ? isOn : chosen.includes(other))))
              }
              className="flex h-8 items-center gap-1.5 rounded-full px-3 font-medium text-soft text-sm ring-1 ring-line-strong ring-inset outline-offset-2 transition-colors duration-150 hover:bg-hover hover:text-ink focus-visible:outline-2 focus-visible:outline-[var(--focus)] selected:bg-accent-wash selected:text-accent-ink selected:ring-transparent"
            >
              {({ isSelected }) => (
                <>
                  {isSelected && <Check size={14} aria-hidden />}
                  {roleNames[role]}
                </>
              )}
            </ToggleButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
