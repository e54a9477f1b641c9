import { type Visitor, visitMs } from '@vitrine/core';
import type { Request, Response } from 'express';

const cookieName = 'vitrine_visit';
const cookiePattern = /(?:^|;\s*)vitrine_visit=([\w.-]+)/;

/** Where a link is answered; its cookie goes nowhere else. */
export const shareBase = (token: string) => `/api/s/${encodeURIComponent(token)}`;

export function visitorOf(request: Request): Visitor {
  return {
    token: String(request.params['token'] ?? ''),
    pass: cookiePattern.exec(request.get('cookie') ?? '')?.[1] ?? null,
    requestId: String(request.id),
    address: request.ip ?? null,
    userAgent: request.get('user-agent') ?? null,
  };
}

/** Gives the visitor what shows that a visit has begun. No script reads it, and no other site sends it along. */
export function givePass(response: Response, { token }: Visitor, pass: string, isSecure: boolean): void {
  response.cookie(cookieName, pass, {
    path: shareBase(token),
    httpOnly: true,
    sameSite: 'strict',
    secure: isSecure,
    maxAge: visitMs,
  });
}
