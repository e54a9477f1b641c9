import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { optionClass, popoverClass } from './popover-class.ts';

interface MenuProps {
  label: string;
  /** The button that opens it. */
  trigger: ReactNode;
  children: ReactNode;
}

export function Menu({ label, trigger, children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover offset={6} className={`${popoverClass} min-w-48`}>
        <AriaMenu aria-label={label} className="p-1 outline-none">
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface MenuItemProps {
  icon: ReactNode;
  danger?: boolean;
  onAction: () => void;
  children: string;
}

export function MenuItem({ icon, danger = false, onAction, children }: MenuItemProps) {
  return (
    <AriaMenuItem
      onAction={onAction}
      textValue={children}
      className={`${optionClass} ${danger ? 'text-danger-ink' : ''}`}
    >
      <span className={danger ? '' : 'text-faint'}>{icon}</span>
      {children}
    </AriaMenuItem>
  );
}
