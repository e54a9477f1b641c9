import { useQuery } from '@tanstack/react-query';
import type { Client } from '@vitrine/schema';
import { trpc } from '../../../app/trpc.ts';
import { TilePicture } from '../../assets/components/tile-picture.tsx';
import { tileFit } from '../../assets/tile-facts.ts';
import { brandGradient } from '../brand-gradient.ts';
import { ClientMark } from './client-mark.tsx';

const candidates = 8;
const shapes = ['col-span-2 row-span-2', '', ''] as const;

/** The latest pictures of a client; its colours where it has no pictures yet. */
export function ClientCover({ client }: { client: Client }) {
  const latest = useQuery(
    trpc.asset.tiles.queryOptions({ clientId: client.id, type: 'image', limit: candidates }),
  );
  // Pictures that fill their place come first; a logo on its own ground is a weak cover.
  const tiles = (latest.data?.items ?? [])
    .toSorted((a, b) => Number(tileFit(b) === 'cover') - Number(tileFit(a) === 'cover'))
    .slice(0, shapes.length);
  const colors = client.brandGuidelines?.colors ?? [];
  if (tiles.length === 0) {
    return (
      <div
        className="flex aspect-[16/9] items-center justify-center bg-sunken"
        style={colors.length > 0 ? { background: brandGradient(colors, 90) } : undefined}
      >
        {colors.length === 0 && <ClientMark client={client} size="lg" />}
      </div>
    );
  }
  const count = tiles.length;
  return (
    <div className={`grid aspect-[16/9] gap-px bg-line ${count > 1 ? 'grid-cols-3 grid-rows-2' : ''}`}>
      {tiles.map((tile, index) => (
        <div
          key={tile.id}
          className={`relative overflow-hidden ${count === 2 ? (index === 0 ? 'col-span-2 row-span-2' : 'row-span-2') : count === 3 ? shapes[index] : ''}`}
        >
          <div className="absolute inset-0">
            <TilePicture tile={tile} />
          </div>
        </div>
      ))}
    </div>
  );
}
