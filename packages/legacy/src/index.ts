export { type OpenLegacyOptions, openLegacyLibrary } from './open-legacy-library.ts';
