import { useEffect, useEffectEvent } from 'react';

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** What the key is called that goes before a letter. */
export const commandKey = isApple ? '⌘' : 'Ctrl';

/** Calls back when the letter is pressed together with ⌘ or Ctrl, wherever one types. */
export function useCommandKey(letter: string, action: () => void): void {
  const run = useEffectEvent(action);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isCommand = isApple ? event.metaKey : event.ctrlKey;
      if (!isCommand || event.key.toLowerCase() !== letter || event.shiftKey || event.altKey) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [letter]);
}
