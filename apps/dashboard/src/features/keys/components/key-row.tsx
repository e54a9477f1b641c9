import type { ApiKey } from '@vitrine/schema';
import { Trash2 } from 'lucide-react';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { countOf } from '../../../lib/count-of.ts';
import { formatMoment } from '../../../lib/format-moment.ts';
import { scopeWords } from '../scope-words.ts';

interface KeyRowProps {
  apiKey: ApiKey;
  isOwn: boolean;
  onEnd: () => void;
}

/** One key: what it may do and where, when it was used, and its end. */
export function KeyRow({ apiKey, isOwn, onEnd }: KeyRowProps) {
  const { name, start, person, scopes, clientIds, expiresAt, lastUsedAt } = apiKey;
  const where = clientIds === null ? 'every client' : countOf(clientIds.length, 'client');
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="min-w-0 break-words font-medium">{name}</span>
          <code className="font-mono text-faint text-xs">{start}…</code>
          {!isOwn && <span className="text-faint text-xs">of {person.name}</span>}
        </p>
        <p className="text-pretty text-soft text-xs">
          {scopes.map((scope) => scopeWords[scope].label).join(', ')} · {where}
        </p>
        <p className="text-faint text-xs tabular">
          {lastUsedAt ? `Last used ${formatMoment(lastUsedAt)}` : 'Not used yet'} ·{' '}
          {expiresAt ? `until ${formatMoment(expiresAt)}` : 'until it is revoked'}
        </p>
      </div>
      <IconButton label={`Revoke ${name}`} icon={<Trash2 size={16} aria-hidden />} onPress={onEnd} />
    </li>
  );
}
