import { expect, it } from 'vitest';
import { loggedPath } from './logged-path.ts';

it('writes down no query and no token, however the address is spelled', () => {
  for (const start of ['/s/', '/api/s/', '/API/S/', '/u/', '/api/u/', 'http://host:4400/api/s/']) {
    expect(loggedPath(`${start}secret-token/assets/1/data?download`)).toBe(`${start}…/assets/1/data`);
    expect(loggedPath(`${start}secret-token`)).toBe(`${start}…`);
  }
  expect(loggedPath('/api/v2/search?query=new')).toBe('/api/v2/search');
  expect(loggedPath('/api/shares/1')).toBe('/api/shares/1');
});
