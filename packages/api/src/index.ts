export type { Context, Installation } from './context.ts';
export { refusalOf, toProblem } from './error-map.ts';
export type { Meta } from './meta.ts';
export { operationsOf } from './operations.ts';
export { type AssetUrls, createAssetUrls } from './present/asset-urls.ts';
export { presentAsset } from './present/present-asset.ts';
export { createOpenApiDocument } from './rest/openapi.ts';
export { type RestOperation, restOperations } from './rest/rest-operation.ts';
export { type AppRouter, appRouter } from './root.ts';
