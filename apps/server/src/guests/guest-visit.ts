import { type Guest, visitMs } from '@vitrine/core';
import type { Request, Response } from 'express';

const cookieName = 'vitrine_guest';
const cookiePattern = /(?:^|;\s*)vitrine_guest=([\w.-]+)/;

export function guestOf(request: Request): Guest {
  return {
    token: String(request.params['token'] ?? ''),
    pass: cookiePattern.exec(request.get('cookie') ?? '')?.[1] ?? null,
    address: request.ip ?? null,
  };
}

/** Gives the guest what shows that the password was right. No script reads it, and no other site sends it along. */
export function giveGuestPass(
  response: Response,
  { token }: Guest,
  { pass, isSecure }: { readonly pass: string; readonly isSecure: boolean },
): void {
  response.cookie(cookieName, pass, {
    path: `/api/u/${encodeURIComponent(token)}`,
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    maxAge: visitMs,
  });
}
