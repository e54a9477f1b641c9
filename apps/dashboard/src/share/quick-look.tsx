import type { SharedItem } from '@vitrine/schema';
import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { buttonClass } from '../components/ui/button-class.ts';
import { IconButton } from '../components/ui/icon-button.tsx';
import { itemCaption } from './item-facts.ts';
import { LargeItem } from './large-item.tsx';
import { useArrowKeys } from './use-arrow-keys.ts';

interface QuickLookProps {
  items: readonly SharedItem[];
  /** Which of them is shown; -1: none. */
  at: number;
  onShow: (index: number) => void;
  onClose: () => void;
}

/** One thing over the whole window: the arrows go on to its neighbours, Escape goes back to where one was. */
export function QuickLook({ items, at, onShow, onClose }: QuickLookProps) {
  const item = items[at];
  const step = (by: number) => {
    if (item && items[at + by]) onShow(at + by);
  };
  useArrowKeys(step);
  return (
    <ModalOverlay
      isOpen={item !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className="fixed inset-0 z-50 bg-stage entering:animate-fade"
    >
      <Modal className="size-full outline-none">
        <Dialog aria-label={item?.name ?? ''} className="flex size-full flex-col outline-none">
          {item && (
            <>
              <header className="flex items-center gap-2 border-line border-b bg-surface px-3 py-2.5 sm:px-5">
                <div className="min-w-0 flex-1">
                  <h2 className="truncate font-semibold text-sm">{item.name}</h2>
                  <p className="truncate text-faint text-xs tabular">
                    {itemCaption(item)} · {at + 1} of {items.length}
                  </p>
                </div>
                {item.downloadUrl && (
                  <a href={item.downloadUrl} download className={buttonClass({ look: 'primary' })}>
                    <Download size={16} aria-hidden />
                    <span className="max-sm:sr-only">Download</span>
                  </a>
                )}
                <IconButton
                  label="Previous"
                  icon={<ChevronLeft size={19} aria-hidden />}
                  isDisabled={at <= 0}
                  onPress={() => step(-1)}
                />
                <IconButton
                  label="Next"
                  icon={<ChevronRight size={19} aria-hidden />}
                  isDisabled={at >= items.length - 1}
                  onPress={() => step(1)}
                />
                <IconButton label="Close" icon={<X size={19} aria-hidden />} onPress={onClose} />
              </header>
              <LargeItem key={item.id} item={item} />
            </>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
