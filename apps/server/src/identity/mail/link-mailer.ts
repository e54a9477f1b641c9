import { onceAddress } from '@vitrine/api';
import type { LinkMail, LinkMailer } from '@vitrine/core';
import type { Mail, SendMail } from './smtp-mailer.ts';

interface Wording {
  readonly subject: string;
  readonly lead: string;
  readonly button: string;
  readonly otherwise: string;
}

function wordingOf({ purpose, from }: LinkMail, host: string): Wording {
  switch (purpose) {
    case 'join':
      return {
        subject: `You are invited to Vitrine on ${host}`,
        lead: `${from ?? 'Somebody'} invites you to Vitrine on ${host}. Choose your name and a password here:`,
        button: 'Create your account',
        otherwise: 'If you did not expect this, do nothing: no account is made.',
      };
    case 'reset':
      return {
        subject: `Another password for Vitrine on ${host}`,
        lead: `Somebody asked for another password for your account on ${host}. Choose it here:`,
        button: 'Choose a password',
        otherwise: 'If it was not you, do nothing: your password stays as it is.',
      };
    default:
      return purpose satisfies never;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** As people read it, in the one zone that everybody knows. */
function momentOf(timestamp: string): string {
  return `${timestamp.slice(0, 10)}, ${timestamp.slice(11, 16)} UTC`;
}

function mailOf(mail: LinkMail, publicUrl: string): Mail {
  const { subject, lead, button, otherwise } = wordingOf(mail, new URL(publicUrl).host);
  const url = onceAddress(publicUrl, mail.token);
  const until = `The link works once, until ${momentOf(mail.expiresAt)}.`;
  const text = (words: string) => `<p style="margin:0 0 20px">${escaped(words)}</p>`;
  const link = `<a href="${escaped(url)}" style="display:inline-block;padding:11px 18px;border-radius:10px;background:#1d1b22;color:#fff;text-decoration:none;font-weight:600">${escaped(button)}</a>`;
  return {
    to: mail.to,
    subject,
    text: `${lead}\n\n${url}\n\n${until}\n${otherwise}\n`,
    html: `<!doctype html><html lang="en"><body style="margin:0;padding:32px;font:16px/1.5 sans-serif;color:#1d1b22"><div style="max-width:480px">${text(lead)}<p style="margin:0 0 20px">${link}</p>${text(until)}${text(otherwise)}</div></body></html>`,
  };
}

/** Words the mails that carry an address of this installation. */
export function createLinkMailer(send: SendMail, publicUrl: string): LinkMailer {
  return { send: (mail) => send(mailOf(mail, publicUrl)) };
}
