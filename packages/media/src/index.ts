export { createMediaTools, type MediaTools, type MediaToolsOptions } from './create-media-tools.ts';
