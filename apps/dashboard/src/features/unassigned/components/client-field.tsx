import type { Client, ClientId } from '@vitrine/schema';
import { Check, ChevronDown } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { ComboBox } from 'react-aria-components/ComboBox';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { fieldClass } from '../../../components/ui/field-class.ts';
import { optionClass, popoverClass } from '../../../components/ui/popover-class.ts';
import { ClientMark } from '../../clients/components/client-mark.tsx';

interface ClientFieldProps {
  clients: readonly Client[];
  value: ClientId | null;
  onChange: (client: Client | null) => void;
}

/** One of many clients: a list that is narrowed by typing. */
export function ClientField({ clients, value, onChange }: ClientFieldProps) {
  return (
    <ComboBox
      defaultItems={clients}
      selectedKey={value}
      onSelectionChange={(key) => onChange(clients.find(({ id }) => id === key) ?? null)}
      autoFocus
      className="grid gap-1.5"
    >
      <Label className="font-medium text-sm">Client</Label>
      <div className="relative">
        <Input placeholder="Type a name…" className={`${fieldClass} h-10 pr-10`} />
        <Button className="absolute inset-y-0 right-0 flex w-10 items-center justify-center rounded-[10px] text-faint hover:text-ink">
          <ChevronDown size={15} aria-hidden />
        </Button>
      </div>
      <Popover offset={6} className={`${popoverClass} w-(--trigger-width)`}>
        <ListBox<Client>
          renderEmptyState={() => <p className="px-2.5 py-2 text-soft text-sm">No client is called that.</p>}
          className="max-h-60 overflow-auto p-1 outline-none scroll-quiet"
        >
          {(client) => (
            <ListBoxItem id={client.id} textValue={client.name} className={optionClass}>
              {({ isSelected }) => (
                <>
                  <ClientMark client={client} size="sm" />
                  <span className="flex-1 truncate">{client.name}</span>
                  <Check size={15} aria-hidden className={isSelected ? 'text-accent-ink' : 'invisible'} />
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
