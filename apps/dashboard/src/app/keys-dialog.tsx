import { Dialog } from '../components/ui/dialog.tsx';
import { commandKey } from '../lib/use-command-key.ts';

const groups: readonly {
  title: string;
  keys: readonly (readonly [keys: readonly string[], does: string])[];
}[] = [
  {
    title: 'In a grid of assets',
    keys: [
      [['←', '↑', '↓', '→'], 'Move from asset to asset'],
      [['Home', 'End'], 'First and last of the row'],
      [['Page Up', 'Page Down'], 'A screen up or down'],
      [['Enter'], 'Open the asset'],
      [['/'], 'Search'],
      [['u'], 'Choose files to upload'],
    ],
  },
  {
    title: 'While assets are selected',
    keys: [
      [['x'], 'Select it, or not'],
      [['Shift', '→'], 'Everything on the way'],
      [[commandKey, 'A'], 'All that are shown'],
      [['Esc'], 'Stop selecting'],
    ],
  },
  {
    title: 'On an asset',
    keys: [
      [['←', '→'], 'Previous and next asset'],
      [['Esc'], 'Back to the grid'],
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      [[commandKey, 'K'], 'Search every client'],
      [['?'], 'Show these keys'],
    ],
  },
];

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose}>
      <div className="grid gap-6 overflow-auto px-6 pb-7 scroll-quiet">
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h3 className="mb-2 font-medium text-faint text-sm tracking-normal">{title}</h3>
            <dl className="divide-y divide-line">
              {keys.map(([combination, does]) => (
                <div key={does} className="flex items-center justify-between gap-4 py-2 text-sm">
                  <dt>{does}</dt>
                  <dd className="flex gap-1">
                    {combination.map((key) => (
                      <kbd
                        key={key}
                        className="min-w-6 rounded-md border border-line-strong bg-sunken px-1.5 text-center font-sans text-soft text-xs leading-5"
                      >
                        {key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
