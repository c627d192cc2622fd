/**
 * The version of all projections together. Raise it when a table or what a projection writes changes: the
 * new generation is then built beside the old one.
 */
export const READ_MODEL_VERSION = 9;

/**
 * Older versions whose tables today's queries can read: they are read until there is a generation of today's. An
 * older version that isn't listed makes readers answer that the read model is being built.
 */
export const READABLE_VERSIONS: readonly number[] = [];
