export { type EmbeddedMongo, type StartOptions, startEmbeddedMongo } from './start.ts';
