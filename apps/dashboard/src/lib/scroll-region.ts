/** Makes a scrolling place reachable for the arrow keys, under a name. */
export function scrollRegion(label: string) {
  return { role: 'region', 'aria-label': label, tabIndex: 0 } as const;
}
