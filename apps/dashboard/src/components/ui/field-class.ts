/** The look of everything that text is typed into. */
export const fieldClass =
  'w-full min-w-0 rounded-[10px] border border-line-strong bg-surface px-3 text-base text-ink outline-none ' +
  'transition-[border-color,box-shadow] duration-150 hover:border-faint ' +
  'focus:border-[var(--focus)] focus:shadow-[0_0_0_3px_color-mix(in_oklab,var(--focus)_22%,transparent)] ' +
  'invalid:border-danger sm:text-sm';
