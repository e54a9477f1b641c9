import { AppError } from '@vitrine/core';

const longest = 4000;

/** Why an address is refused; the sentence names it, as far as it may be shown. */
export function notAllowed(reason: string): AppError {
  return new AppError('url_not_allowed', `This address cannot be fetched: ${reason}`);
}

/** Reads an address of a file on the web. Fails with `url_not_allowed` for everything else. */
export function checkedUrl(text: string, base?: URL): URL {
  if (text.length > longest) throw notAllowed(`it has more than ${longest} characters.`);
  const url = URL.parse(text, base?.href);
  if (!url) throw notAllowed('it is no complete address, such as https://example.com/file.jpg.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw notAllowed(`only http and https are fetched, not '${url.protocol.slice(0, -1)}'.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw notAllowed('it carries a user name or password. Use an address that needs none.');
  }
  return url;
}
