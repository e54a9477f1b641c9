export { createMediaInspector, type MediaInspectorOptions } from './create-media-inspector.ts';
