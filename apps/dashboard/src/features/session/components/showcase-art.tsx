interface Pane {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

// Panes of a showcase: a gallery wall in abstract, drawn from the theme's own colours.
const panes: readonly Pane[] = [
  { x: 40, y: 60, width: 250, height: 330, fill: 'var(--kind-image-wash)' },
  { x: 310, y: 60, width: 330, height: 186, fill: 'var(--kind-video-wash)' },
  { x: 310, y: 266, width: 155, height: 124, fill: 'var(--kind-audio-wash)' },
  { x: 485, y: 266, width: 155, height: 250, fill: 'var(--kind-document-wash)' },
  { x: 40, y: 410, width: 425, height: 240, fill: 'var(--accent-wash)' },
  { x: 485, y: 536, width: 155, height: 114, fill: 'var(--kind-image-wash)' },
];
// All different, so that each is its own key.
const bars = [22, 40, 64, 34, 78, 52, 28, 60, 42, 70, 30, 18];

/** Beside the sign-in form on wide screens; it says nothing to a screen reader. */
export function ShowcaseArt() {
  return (
    <div aria-hidden="true" className="hidden overflow-hidden bg-stage lg:block">
      <svg
        viewBox="0 0 680 710"
        preserveAspectRatio="xMidYMid slice"
        className="size-full"
        role="presentation"
      >
        {panes.map((pane) => (
          <rect key={`${pane.x}-${pane.y}`} {...pane} rx="18" stroke="var(--line)" />
        ))}
        <circle cx="118" cy="150" r="30" fill="var(--kind-image)" opacity="0.35" />
        <path
          d="M40 330l82-92 60 66 44-46 64 72v42a18 18 0 0 1-18 18H58a18 18 0 0 1-18-18z"
          fill="var(--kind-image)"
          opacity="0.3"
        />
        <circle cx="475" cy="153" r="34" fill="var(--kind-video)" opacity="0.22" />
        <path d="M466 136l28 17-28 17z" fill="var(--kind-video)" opacity="0.75" />
        {bars.map((height, index) => (
          <rect
            key={height}
            x={328 + index * 10.4}
            y={328 - height / 2}
            width="4.6"
            height={height}
            rx="2.3"
            fill="var(--kind-audio)"
            opacity="0.6"
          />
        ))}
        <g fill="var(--kind-document)" opacity="0.32">
          <rect x="511" y="302" width="66" height="9" rx="4.5" />
          <rect x="511" y="332" width="103" height="7" rx="3.5" />
          <rect x="511" y="352" width="103" height="7" rx="3.5" />
          <rect x="511" y="372" width="84" height="7" rx="3.5" />
          <rect x="511" y="412" width="103" height="60" rx="8" />
        </g>
        <path
          d="M40 600c90-70 150-10 230-60s120-70 195-40v132a18 18 0 0 1-18 18H58a18 18 0 0 1-18-18z"
          fill="var(--accent)"
          opacity="0.22"
        />
        <path
          d="M40 560c110-40 170 30 250-20s120-40 175-60"
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2.5"
          opacity="0.4"
        />
        <circle
          cx="562"
          cy="593"
          r="26"
          fill="none"
          stroke="var(--kind-image)"
          strokeWidth="8"
          opacity="0.4"
        />
      </svg>
    </div>
  );
}
