import { Download } from 'lucide-react';
import { buttonClass } from '../components/ui/button-class.ts';
import { formatMoment } from '../lib/format-moment.ts';
import { useTitle } from '../lib/use-title.ts';
import type { OpenPage } from './use-shared.ts';

/** Whose files these are, in the client's own colours, and all of them at once. */
export function ShareHeader({ page }: { page: OpenPage }) {
  useTitle(page.name);
  const [first, second = first] = page.colors;
  return (
    <header className="border-line border-b bg-surface">
      {first && second && (
        <div
          aria-hidden
          className="h-1.5"
          style={{ background: `linear-gradient(90deg, ${first} 62%, ${second} 62%)` }}
        />
      )}
      <div className="mx-auto flex max-w-[1600px] flex-wrap items-center gap-x-5 gap-y-4 px-4 py-5 sm:px-8">
        {page.logoUrl && (
          <img
            src={page.logoUrl}
            alt={page.client}
            className="h-12 w-auto max-w-32 rounded-md object-contain"
          />
        )}
        <div className="min-w-0 flex-1 basis-56">
          <p className="truncate text-faint text-sm">{page.client}</p>
          <h1 className="text-balance font-semibold text-2xl tracking-tight">{page.name}</h1>
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="text-faint text-xs">Until {formatMoment(page.expiresAt)}</p>
          {page.zipUrl && (
            <a href={page.zipUrl} download className={buttonClass({ look: 'primary', size: 'lg' })}>
              <Download size={17} aria-hidden />
              Download all
            </a>
          )}
        </div>
      </div>
    </header>
  );
}
