import { Link } from '@tanstack/react-router';
import { Menu, X } from 'lucide-react';
import { useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { BrandMark } from '../components/ui/brand-mark.tsx';
import { Button } from '../components/ui/button.tsx';
import { Sidebar } from './sidebar.tsx';

/** On narrow screens: the product's name, and the sidebar in a drawer. */
export function MobileBar({ onShowKeys }: { onShowKeys: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex h-14 items-center justify-between border-line border-b bg-canvas px-4 lg:hidden">
      <Link to="/" className="flex items-center gap-2.5 font-semibold text-lg tracking-tight">
        <BrandMark size={26} />
        Vitrine
      </Link>
      <Button look="quiet" size="icon" aria-label="Open menu" onPress={() => setOpen(true)} className="-mr-2">
        <Menu size={20} aria-hidden />
      </Button>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={setOpen}
        isDismissable
        className="fixed inset-0 z-50 bg-scrim entering:animate-fade"
      >
        <Modal className="h-full w-72 max-w-[85vw] bg-surface shadow-modal entering:animate-fade">
          <Dialog aria-label="Menu" className="relative h-full outline-none">
            <Button
              slot="close"
              look="quiet"
              size="icon"
              aria-label="Close menu"
              className="absolute! top-4 right-3 z-10"
            >
              <X size={18} aria-hidden />
            </Button>
            <Sidebar onShowKeys={onShowKeys} onNavigate={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </div>
  );
}
