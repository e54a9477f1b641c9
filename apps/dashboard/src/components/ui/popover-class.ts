export const popoverClass =
  'overflow-hidden rounded-xl bg-raised text-ink shadow-float entering:animate-rise outline-none';

export const optionClass =
  'flex min-h-8 cursor-pointer select-none items-center gap-2.5 rounded-lg px-2.5 py-1 text-sm outline-none ' +
  'focus:bg-hover hover:bg-hover disabled:pointer-events-none disabled:opacity-45';
