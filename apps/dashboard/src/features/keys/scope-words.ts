import type { KeyScope } from '@vitrine/schema';

/** What a key with a scope may do. */
export const scopeWords = {
  'assets:read': { label: 'Read assets', hint: 'lists, files, search, context' },
  'assets:write': { label: 'Change assets', hint: 'upload, edit, tag, trash' },
  'clients:read': { label: 'Read clients', hint: 'clients, campaigns, who may see them' },
  'clients:write': { label: 'Change clients', hint: 'make, edit and delete them' },
  'jobs:manage': {
    label: 'Run the installation',
    hint: 'background work, quarantine and the audit log; for owners and admins',
  },
} as const satisfies Record<KeyScope, { label: string; hint: string }>;
