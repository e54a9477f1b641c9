import { type UserRole, userIdSchema } from '@vitrine/schema';
import { recordSystemChange } from '../audit/record-change.ts';
import { otherIdOfLegacy } from './legacy-id.ts';
import type { LegacyRun, LegacyStep } from './legacy-run.ts';
import type { LegacyRow, LegacyValue } from './legacy-source.ts';
import { understandLine } from './legacy-text.ts';
import { understandTime } from './legacy-time.ts';
import { note } from './note.ts';

const bcrypt = /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/;
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** SQLite has no booleans: 1, '1', 'true' and 't' were all written. */
const isTrue = (value: LegacyValue | undefined) => /^(1(\.0)?|true|t|yes)$/i.test(String(value ?? ''));
const isFalse = (value: LegacyValue | undefined) => /^(0(\.0)?|false|f|no)$/i.test(String(value ?? ''));

/** Whether a row may be the owner of an installation that has none. */
export function mayOwn({ values }: LegacyRow): boolean {
  return isTrue(values['is_admin']) && !isFalse(values['is_active']);
}

function emailOf({ id, values }: LegacyRow) {
  const old = values['email'] ?? null;
  const email = String(old ?? '')
    .trim()
    .toLowerCase();
  if (address.test(email) && email.length <= 254) return { email, notes: [] };
  const made = `user-${id.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}@imported.invalid`;
  const words = `there is no e-mail address to sign in with; ${made} stands in for it`;
  return { email: made, notes: [note('email_changed', words, { field: 'email', old, new: made })] };
}

/** A person, with the password that they have; somebody who has an account here keeps it as it is. */
export async function planUser({ dependencies, ownerKey }: LegacyRun, row: LegacyRow): Promise<LegacyStep> {
  const { key, id: old, values } = row;
  const { email, notes: emailNotes } = emailOf(row);
  const { there, taken } = await dependencies.database.read(async (readers) => ({
    there: await readers.people.findByEmail(email),
    taken: await readers.people.find(userIdSchema.parse(old.slice(0, 64))),
  }));
  if (there) {
    const said = note('same_as', `${email} has an account here, which stays as it is`, { field: 'email' });
    return { outcome: 'merged', targetId: there.id, notes: [...emailNotes, said] };
  }
  const id = userIdSchema.parse(taken || old.length > 64 ? otherIdOfLegacy('users', key) : old);
  const now = dependencies.clock.now();
  const fallback = email.split('@')[0] ?? email;
  const name = understandLine(values['username'] ?? fallback, { field: 'username', max: 200, fallback });
  const created = understandTime(values['created_at'], 'created_at', now);
  const role: UserRole = key === ownerKey ? 'owner' : isTrue(values['is_admin']) ? 'admin' : 'member';
  const password = values['hashed_password'];
  const passwordHash = typeof password === 'string' && bcrypt.test(password) ? password : null;
  const disabled = isFalse(values['is_active']);
  return {
    outcome: 'imported',
    targetId: id,
    notes: [
      ...emailNotes,
      ...name.notes,
      ...created.notes,
      ...(id === old ? [] : [note('id_changed', 'its id is taken here', { field: 'id', old, new: id })]),
      ...(role === 'owner'
        ? [note('role_given', 'there was no owner; this administrator became it', { new: role })]
        : []),
      ...(passwordHash === null
        ? [
            note('password_unusable', 'its password cannot be taken over; it needs a new one', {
              field: 'hashed_password',
            }),
          ]
        : []),
    ],
    async write(writers, at) {
      await writers.people.insert({ id, name: name.value, email, role, passwordHash, at: created.value });
      if (disabled) await writers.people.setDisabled(id, true, at);
      await recordSystemChange(writers, at, {
        action: 'account.import',
        target: { type: 'account', id },
        clientId: null,
        after: { email, name: name.value, role, disabled },
      });
    },
  };
}
