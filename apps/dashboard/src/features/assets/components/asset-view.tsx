import { useNavigate, useRouter } from '@tanstack/react-router';
import type { Asset } from '@vitrine/schema';
import { useHotkey } from '../../../lib/use-hotkey.ts';
import { useTitle } from '../../../lib/use-title.ts';
import { useNeighbours } from '../api/use-neighbours.ts';
import type { AssetPageSearch } from '../asset-search.ts';
import { rememberOpened } from '../grid/opened-asset.ts';
import { AssetBar } from './asset-bar.tsx';
import { AssetPanel } from './asset-panel.tsx';
import { AssetPreview } from './asset-preview.tsx';
import { gridLink } from './grid-link.ts';

interface AssetViewProps {
  asset: Asset;
  search: AssetPageSearch;
}

export function AssetView({ asset, search }: AssetViewProps) {
  useTitle(asset.name);
  const navigate = useNavigate();
  const router = useRouter();
  const grid = gridLink(asset, search);
  const { previous, next } = useNeighbours(asset, search);
  // Replaced, so that Back leads to the grid and not through every asset looked at.
  const show = (assetId: string | undefined) => {
    if (!assetId) return;
    // The grid puts the focus on the asset that was looked at last.
    rememberOpened(router.buildLocation(grid).href, assetId);
    void navigate({ to: '/assets/$assetId', params: { assetId }, search, replace: true });
  };
  useHotkey('ArrowLeft', () => show(previous?.id));
  useHotkey('ArrowRight', () => show(next?.id));
  useHotkey('Escape', () => void navigate(grid));

  return (
    <div className="flex min-h-[calc(100dvh-3.5rem)] flex-col lg:h-dvh lg:min-h-0">
      <AssetBar asset={asset} search={search} previous={previous} next={next} onShow={show} />
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        <section
          aria-label="Preview"
          data-kind={asset.type}
          className="relative flex min-h-[46dvh] min-w-0 flex-1 bg-stage lg:min-h-0"
        >
          <AssetPreview asset={asset} />
        </section>
        <AssetPanel asset={asset} />
      </div>
    </div>
  );
}
