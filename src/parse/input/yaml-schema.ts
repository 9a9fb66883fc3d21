import { CORE_SCHEMA, mergeTag, type Schema } from 'js-yaml';

/** YAML 1.2's core schema with merge keys, which real manifests use. */
export const SCHEMA: Schema = CORE_SCHEMA.withTags(mergeTag);
