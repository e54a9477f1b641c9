export { createMediaTools, type MediaTools, type MediaToolsOptions } from './create-media-tools.ts';
export { type FoundTool, findTools } from './find-tools.ts';
