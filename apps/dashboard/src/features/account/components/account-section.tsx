import { type ReactNode, useId } from 'react';

interface AccountSectionProps {
  title: string;
  lead: string;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One part of the account page. */
export function AccountSection({ title, lead, action, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-8 rounded-2xl bg-surface p-5 shadow-card sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold text-lg tracking-tight">
            {title}
          </h2>
          <p className="mt-0.5 text-soft text-sm">{lead}</p>
        </div>
        {action}
      </div>
      <div className="mt-5">{children}</div>
    </section>
  );
}
