import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';

interface DialogProps {
  title: string;
  /** One sentence under the title. */
  lead?: string;
  isOpen: boolean;
  onClose: () => void;
  /** `alertdialog` for a question that has to be answered. */
  role?: 'dialog' | 'alertdialog';
  wide?: boolean;
  children: ReactNode;
}

/** A window over the page; on a phone it rises from the bottom edge. */
export function Dialog({
  title,
  lead,
  isOpen,
  onClose,
  role = 'dialog',
  wide = false,
  children,
}: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={role === 'dialog'}
      className="fixed inset-0 z-50 flex items-end justify-center bg-scrim backdrop-blur-[3px] entering:animate-fade sm:items-center sm:p-6"
    >
      <Modal
        className={`max-h-[92dvh] w-full overflow-hidden rounded-t-2xl bg-raised text-ink shadow-modal entering:animate-rise sm:rounded-2xl ${wide ? 'sm:max-w-2xl' : 'sm:max-w-lg'}`}
      >
        <AriaDialog role={role} className="flex max-h-[92dvh] flex-col outline-none">
          <header className="flex items-start gap-4 px-6 pt-5 pb-4">
            <div className="min-w-0 flex-1">
              <Heading slot="title" className="font-semibold text-xl">
                {title}
              </Heading>
              {lead && <p className="mt-1 text-pretty text-soft text-sm">{lead}</p>}
            </div>
            {role === 'dialog' && (
              <Button slot="close" look="quiet" size="icon" aria-label="Close" className="-mr-2">
                <X size={18} aria-hidden />
              </Button>
            )}
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons that ends a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex justify-end gap-2 border-line border-t px-6 py-4">{children}</div>;
}
