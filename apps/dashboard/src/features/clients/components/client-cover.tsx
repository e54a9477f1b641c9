import { useQuery } from '@tanstack/react-query';
import type { Client } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { TilePicture } from '../../assets/components/tile-picture.tsx';
import { brandGradient } from '../brand-gradient.ts';

const shapes = ['col-span-2 row-span-2', '', ''] as const;

/** The latest pictures of a client; its colours where it has no pictures yet. */
export function ClientCover({ client }: { client: Client }) {
  const latest = useQuery(trpc.asset.tiles.queryOptions({ clientId: client.id, type: 'image', limit: 3 }));
  const tiles = latest.data?.items ?? [];
  const colors = client.brandGuidelines?.colors ?? [];
  if (tiles.length === 0) {
    return (
      <div
        className="aspect-[16/9] bg-sunken"
        style={colors.length > 0 ? { background: brandGradient(colors, 90) } : undefined}
      />
    );
  }
  const count = tiles.length;
  return (
    <div className={`grid aspect-[16/9] gap-px bg-line ${count > 1 ? 'grid-cols-3 grid-rows-2' : ''}`}>
      {tiles.map((tile, index) => (
        <div
          key={tile.id}
          className={`relative min-h-0 min-w-0 overflow-hidden ${count === 2 ? (index === 0 ? 'col-span-2 row-span-2' : 'row-span-2') : count === 3 ? shapes[index] : ''}`}
        >
          <TilePicture tile={tile} />
        </div>
      ))}
    </div>
  );
}
