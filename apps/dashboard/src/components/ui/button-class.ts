const base =
  'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap font-medium ' +
  'transition-colors duration-150 disabled:pointer-events-none disabled:opacity-45 data-busy:cursor-progress data-busy:opacity-80 ' +
  'outline-offset-2 focus-visible:outline-2 focus-visible:outline-[var(--focus)]';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover pressed:bg-accent-hover',
  secondary: 'bg-surface text-ink shadow-card hover:bg-hover pressed:bg-hover',
  quiet: 'text-soft hover:bg-hover hover:text-ink pressed:bg-hover pressed:text-ink',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover pressed:bg-danger-hover',
} as const;

const sizes = {
  md: 'h-9 rounded-[10px] px-3.5 text-sm',
  lg: 'h-11 rounded-xl px-5 text-base',
  icon: 'size-9 rounded-[10px]',
  'icon-sm': 'size-7 rounded-lg',
} as const;

export interface ButtonLook {
  look?: keyof typeof looks | undefined;
  size?: keyof typeof sizes | undefined;
}

/** How a button looks; links that act as buttons share it. */
export function buttonClass({ look = 'secondary', size = 'md' }: ButtonLook): string {
  return `${base} ${looks[look]} ${sizes[size]}`;
}
