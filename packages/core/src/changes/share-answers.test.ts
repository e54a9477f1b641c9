import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { shareAnswers } from './share-answers.ts';

it('those who ask the same at the same moment share an answer, and who comes later gets a new one', async () => {
  const share = shareAnswers<number>();
  let made = 0;
  const ask = (question: string) =>
    share(question, async () => {
      made += 1;
      return made;
    });
  expect(await Promise.all([ask('a'), ask('a'), ask('b'), ask('a')])).toEqual([1, 1, 2, 1]);
  await turn();
  await turn();
  expect(await ask('a')).toBe(3);
});

it('a question that failed is asked anew', async () => {
  const share = shareAnswers<number>();
  const failing = () => Promise.reject(new Error('busy'));
  const answers = await Promise.allSettled([share('a', failing), share('a', failing)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await turn();
  await turn();
  expect(await share('a', async () => 7)).toBe(7);
});
