import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import { type ButtonLook, buttonClass } from './button-class.ts';

type ButtonProps = Omit<AriaButtonProps, 'className' | 'style'> & ButtonLook & { className?: string };

export function Button({ look, size, className = '', ...props }: ButtonProps) {
  return <AriaButton {...props} className={`${buttonClass({ look, size })} ${className}`} />;
}
