/** Follows redirects and keeps cookies, each with its host, as a browser does. */
export interface SmallBrowser {
  /** Goes there and on to where it is sent; answers where that ends and what is there. */
  visit(url: string, init?: RequestInit): Promise<{ readonly url: URL; readonly text: string }>;
  /** What it would send there. */
  cookiesFor(url: string): string;
}

export function openSmallBrowser(): SmallBrowser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = ({ host }: URL) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const cookiesFor = (url: string) =>
    [...jarOf(new URL(url))].map(([name, value]) => `${name}=${value}`).join('; ');

  return {
    cookiesFor,
    async visit(start, init = {}) {
      let request = init;
      let url = new URL(start);
      for (let hop = 0; hop < 12; hop += 1) {
        const headers = new Headers(request.headers);
        headers.set('cookie', cookiesFor(url.href));
        const answer = await fetch(url, { ...request, headers, redirect: 'manual' });
        for (const cookie of answer.headers.getSetCookie()) {
          const [pair = ''] = cookie.split(';');
          const at = pair.indexOf('=');
          const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
          if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) jarOf(url).delete(name);
          else jarOf(url).set(name, value);
        }
        const location = answer.headers.get('location');
        const text = await answer.text();
        if (location === null || answer.status < 300) return { url, text };
        url = new URL(location, url);
        request = {};
      }
      throw new Error('It is sent on for ever.');
    },
  };
}
