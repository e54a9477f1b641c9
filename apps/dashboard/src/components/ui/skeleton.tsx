/** A stand-in of the same size as what is being loaded. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={`animate-sheen rounded-lg bg-sunken ${className}`} />;
}
