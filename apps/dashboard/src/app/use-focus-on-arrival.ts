import { type RefObject, useEffect, useRef } from 'react';

/**
 * Puts the focus on the page's content after a navigation that took away what had it, so that a keyboard or screen
 * reader goes on there and not at the top of the document. A page that places the focus itself keeps it.
 */
export function useFocusOnArrival(main: RefObject<HTMLElement | null>, pathname: string | undefined): void {
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    const request = requestAnimationFrame(() => {
      if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(request);
  }, [main, pathname]);
}
