import { fold } from './text.ts';

/**
 * Scripts written without spaces between words: each of their characters is a token of its own, and a run of them is searched
 * as a phrase, so any part of a text is found.
 */
const unspaced = ['Han', 'Hira', 'Kana', 'Bopo', 'Hang', 'Thai', 'Lao', 'Khmr', 'Mymr', 'Tibt']
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const single = `[${unspaced}]`;
const character = String.raw`[\p{L}\p{N}]`;
const pattern = new RegExp(
  `(?:(?!${single})${character})+|${character}|\\p{Extended_Pictographic}|\\p{Regional_Indicator}`,
  'gu',
);
const alone = new RegExp(`^(?:${single}|\\p{Extended_Pictographic}|\\p{Regional_Indicator})$`, 'u');

/** Code points; what is behind them in a word is not compared. */
const longestToken = 64;

const cut = (word: string) =>
  word.length <= longestToken ? word : [...word].slice(0, longestToken).join('');

/**
 * The words of a text as a search compares them: without case and accents, split where there is neither letter nor digit. Pictographs
 * and characters of scripts without spaces are words of their own. Total: any text has tokens, perhaps none.
 */
export function tokensOf(text: string): string[] {
  // NFC again, or a Korean syllable would be three letters. A final sigma is a sigma.
  const folded = fold(text).normalize('NFC').replaceAll('ς', 'σ');
  return (folded.match(pattern) ?? []).map(cut);
}

/** Whether a token is one character that stands for itself, so that nothing longer begins with it. */
export function isWholeToken(token: string): boolean {
  return alone.test(token);
}
