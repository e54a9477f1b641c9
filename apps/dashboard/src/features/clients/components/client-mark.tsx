import type { Client } from '@vitrine/schema';
import { brandGradient } from '../brand-gradient.ts';

const sizes = {
  sm: 'size-5 rounded-md text-2xs',
  lg: 'size-14 rounded-2xl text-xl',
} as const;

interface ClientMarkProps {
  client: Pick<Client, 'name' | 'brandGuidelines'>;
  size: keyof typeof sizes;
}

/** A client's sign: its colours side by side, or its initial where it has none yet. */
export function ClientMark({ client, size }: ClientMarkProps) {
  const colors = client.brandGuidelines?.colors ?? [];
  const shape = `flex shrink-0 items-center justify-center font-semibold ring-1 ring-line ring-inset ${sizes[size]}`;
  if (colors.length === 0) {
    return (
      <span aria-hidden className={`${shape} bg-accent-wash text-accent-ink`}>
        {client.name.charAt(0).toUpperCase()}
      </span>
    );
  }
  return <span aria-hidden className={shape} style={{ background: brandGradient(colors.slice(0, 3)) }} />;
}
