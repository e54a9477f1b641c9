import type { ReactNode } from 'react';

interface NoticeProps {
  icon: ReactNode;
  title: string;
  /** What to do about it. */
  children: ReactNode;
  action?: ReactNode;
  /** Whether the title is the page's main heading. */
  isPage?: boolean;
}

/** Fills a place that has nothing to show, and says what to do about it. */
export function Notice({ icon, title, children, action, isPage = false }: NoticeProps) {
  const Heading = isPage ? 'h1' : 'h2';
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-20 text-center">
      <div className="mb-5 flex size-14 items-center justify-center rounded-2xl bg-sunken text-faint">
        {icon}
      </div>
      <Heading className="font-semibold text-xl">{title}</Heading>
      <p className="mt-2 text-pretty text-soft">{children}</p>
      {action && <div className="mt-6">{action}</div>}
    </div>
  );
}
