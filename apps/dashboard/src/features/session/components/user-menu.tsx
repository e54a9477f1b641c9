import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { ChevronsUpDown, Keyboard, LogOut, ShieldAlert, UserRound } from 'lucide-react';
import { toast } from 'sonner';
import { Button } from '../../../components/ui/button.tsx';
import { Menu, MenuItem } from '../../../components/ui/menu.tsx';
import { signOut } from '../api/sign-out.ts';
import { useSelf } from '../api/use-self.ts';

function initialsOf(name: string): string {
  return name
    .split(/[\s@.]+/u)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

/** Who is signed in, and the way out. */
export function UserMenu({ onShowKeys }: { onShowKeys: () => void }) {
  const { name, email, role } = useSelf();
  const router = useRouter();
  const queryClient = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      queryClient.clear();
      await router.navigate({ to: '/sign-in' });
    },
    onError: (error) => toast.error(error.message),
  });
  const shown = name || email;
  return (
    <Menu
      label="Account"
      trigger={
        <Button look="quiet" className="h-12! w-full justify-start! px-2! text-left">
          <span className="sr-only">Account of</span>
          <span
            aria-hidden
            className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-wash font-semibold text-accent-ink text-xs"
          >
            {initialsOf(shown)}
          </span>
          <span className="min-w-0 flex-1 leading-tight">
            <span className="block truncate text-ink text-sm">{shown}</span>
            <span className="block truncate font-normal text-faint text-xs capitalize">{role}</span>
          </span>
          <ChevronsUpDown size={15} aria-hidden className="text-faint" />
        </Button>
      }
    >
      <MenuItem
        icon={<UserRound size={16} aria-hidden />}
        onAction={() => void router.navigate({ to: '/account' })}
      >
        Your account
      </MenuItem>
      {role !== 'member' && (
        <MenuItem
          icon={<ShieldAlert size={16} aria-hidden />}
          onAction={() => void router.navigate({ to: '/quarantine' })}
        >
          Quarantine
        </MenuItem>
      )}
      <MenuItem icon={<Keyboard size={16} aria-hidden />} onAction={onShowKeys}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<LogOut size={16} aria-hidden />} onAction={() => leave.mutate()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
