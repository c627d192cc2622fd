/**
 * The version of all projections together. Raise it when a table or what a projection writes changes: the
 * new generation is then built in a file of its own beside the old one.
 */
export const READ_MODEL_VERSION = 2;
