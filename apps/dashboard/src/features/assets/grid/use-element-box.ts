import { type RefObject, useLayoutEffect, useState } from 'react';

interface ElementBox {
  /** CSS pixels; 0 before the first measurement. */
  readonly width: number;
  /** Distance from the document's top. */
  readonly top: number;
}

/** An element's width and place in the document, kept up to date while the page around it changes. */
export function useElementBox(ref: RefObject<HTMLElement | null>): ElementBox {
  const [box, setBox] = useState<ElementBox>({ width: 0, top: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const { width, top } = element.getBoundingClientRect();
      const next = { width, top: Math.round(top + window.scrollY) };
      setBox((before) => (before.width === next.width && before.top === next.top ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [ref]);
  return box;
}
