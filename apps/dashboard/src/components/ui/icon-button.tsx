import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { Button } from './button.tsx';
import type { ButtonLook } from './button-class.ts';

interface IconButtonProps {
  /** Says what the button does, to screen readers and in the tooltip. */
  label: string;
  icon: ReactNode;
  onPress?: () => void;
  look?: ButtonLook['look'];
  small?: boolean;
  isDisabled?: boolean;
}

/** A button that shows only an icon, and its words on hover or focus. */
export function IconButton({
  label,
  icon,
  onPress,
  look = 'quiet',
  small = false,
  isDisabled = false,
}: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <Button
        look={look}
        size={small ? 'icon-sm' : 'icon'}
        aria-label={label}
        isDisabled={isDisabled}
        {...(onPress && { onPress })}
      >
        {icon}
      </Button>
      <Tooltip
        offset={6}
        className="rounded-lg bg-ink px-2.5 py-1 font-medium text-canvas text-xs shadow-float entering:animate-fade"
      >
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
