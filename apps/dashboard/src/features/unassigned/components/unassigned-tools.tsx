import { unassignedClientId } from '@vitrine/schema';
import { useEffect, useRef } from 'react';
import { useAllowed } from '../../access/api/use-allowed.ts';
import { useSelf } from '../../session/api/use-self.ts';
import type { Giving } from '../api/use-giving.ts';
import { SelectionBar } from './selection-bar.tsx';
import { UnassignedBanner } from './unassigned-banner.tsx';

interface UnassignedToolsProps {
  giving: Giving;
  /** All results, or null when only the server could count them. */
  total: number | null;
}

/** What is said and offered above the assets of the client Unassigned. */
export function UnassignedTools({ giving, total }: UnassignedToolsProps) {
  const { isOn, shown, start, end } = giving;
  const { role } = useSelf();
  const button = useRef<HTMLButtonElement>(null);
  const wasOn = useRef(false);
  const may = useAllowed({ kind: 'client', clientId: unassignedClientId });
  useEffect(() => {
    // What had the focus has gone with the boxes and their bar.
    const isLost = document.activeElement === document.body;
    if (wasOn.current && !isOn && isLost) button.current?.focus();
    wasOn.current = isOn;
  }, [isOn]);
  // Nothing is left to choose from.
  useEffect(() => {
    if (isOn && shown === 0) end();
  }, [isOn, shown, end]);
  return (
    <>
      <UnassignedBanner
        buttonRef={button}
        showsQuarantine={role !== 'member'}
        onSelect={shown > 0 && !isOn && may('asset.update') ? start : undefined}
      />
      {isOn && <SelectionBar giving={giving} total={total} />}
    </>
  );
}
