/** The product's sign: a V under the edge of a glass case. */
export function BrandMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8.5" className="fill-accent" />
      <path
        d="M8 9.5 16 24l8-14.5"
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-on-accent"
      />
      <path d="M12.4 9.5h7.2" strokeWidth="3" strokeLinecap="round" className="stroke-on-accent opacity-55" />
    </svg>
  );
}
