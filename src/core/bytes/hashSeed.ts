/**
 * Start of the hashes of tables that probe for a free slot: with a known one a capture could be made whose addresses all meet in one slot.
 * Another number in every process; it decides where an entry lies, never what is found, so that results stay the same.
 */
export const HASH_SEED = Math.floor(Math.random() * 0x1_0000_0000) | 0;
