import { knownFormats } from '@vitrine/schema';

/** The `accept` attribute for everything that the format table knows. */
export const acceptedFiles = [
  ...new Set(
    knownFormats.flatMap(({ extensions, mimeTypes }) => [
      ...extensions.map((extension) => `.${extension}`),
      mimeTypes[0],
    ]),
  ),
].join(',');
