import { type Actor, boundTo, type Clock, type Principal, type Readers, scopesOf } from '@vitrine/core';

async function actorOfKey({ users }: Readers, id: string, now: number): Promise<Actor | null> {
  const key = await users.findKey(id);
  if (!key?.enabled || (key.expiresAt !== null && key.expiresAt <= now)) return null;
  return {
    kind: 'api_key',
    userId: key.userId,
    role: key.role,
    keyId: key.id,
    scopes: scopesOf(JSON.parse(key.permissions ?? 'null')),
    clientIds: boundTo(JSON.parse(key.metadata ?? 'null')),
  };
}

/** Whom an id stands for, with the role and scopes of this moment; null when the user or key is gone, revoked or expired. */
export async function actorOf(readers: Readers, principal: Principal, clock: Clock): Promise<Actor | null> {
  switch (principal.kind) {
    case 'user': {
      const user = await readers.users.find(principal.id);
      return user && { kind: 'user', userId: user.id, role: user.role };
    }
    case 'api_key':
      return actorOfKey(readers, principal.id, clock.now());
    default:
      return principal satisfies never;
  }
}
