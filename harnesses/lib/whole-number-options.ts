import { parseArgs } from 'node:util';

/** Reads options of the form `--count 2000`, all of them whole numbers. What it does not know or understand ends the program. */
export function wholeNumberOptions<Name extends string>(
  names: readonly Name[],
): Partial<Record<Name, number>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  const { values } = parseArgs({ options });
  const numbers: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const text = values[name];
    if (text === undefined) continue;
    if (!/^\d{1,15}$/.test(text)) throw new Error(`--${name} takes a whole number, and got "${text}".`);
    numbers[name] = Number(text);
  }
  return numbers;
}
