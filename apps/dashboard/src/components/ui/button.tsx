import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { type ButtonLook, buttonClass } from './button-class.ts';

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'isPending'>, ButtonLook {
  className?: string;
  ref?: Ref<HTMLButtonElement>;
  /** Shows that its action is under way. The button keeps the focus; its action has to refuse to run twice. */
  isBusy?: boolean;
}

export function Button({ look, size, className = '', isBusy = false, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      data-busy={isBusy || undefined}
      className={`${buttonClass({ look, size })} ${className}`}
    />
  );
}
