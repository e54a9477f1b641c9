/** A brand's colours as overlapping dots, with their codes for screen readers. */
export function BrandSwatches({ colors, max }: { colors: readonly string[]; max: number }) {
  if (colors.length === 0) return null;
  const shown = colors.slice(0, max);
  return (
    <ul aria-label="Brand colours" className="flex shrink-0 -space-x-1.5">
      {shown.map((color) => (
        <li
          key={color}
          title={color}
          className="size-5 rounded-full ring-2 ring-surface"
          style={{ background: color, boxShadow: 'inset 0 0 0 1px var(--line), 0 0 0 2px var(--surface)' }}
        >
          <span className="sr-only">{color}</span>
        </li>
      ))}
    </ul>
  );
}
