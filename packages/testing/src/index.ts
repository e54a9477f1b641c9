export * from './blob-store-suite.ts';
export { type MalformedReport, runMalformed } from './malformed/run-malformed.ts';
export { type SeededRandom, seededRandom } from './malformed/seeded-random.ts';
export { namesIn, openCallTrap } from './malformed/watched-place.ts';
export { foreignSamples } from './media/binary-samples.ts';
export {
  type BadFile,
  cutFile,
  makeBadFiles,
  makePolyglots,
  type PolyglotFile,
} from './media/make-bad-files.ts';
export {
  fixtureFormats,
  fixtureVariants,
  type MediaFixture,
  makeFixture,
  makeFixtures,
} from './media/make-fixtures.ts';
export { pdfFile } from './media/pdf-file.ts';
export { type MediaTool, runFfmpeg, runTool } from './media/tools.ts';
export { oldWordFile, wordFile } from './media/word-file.ts';
