/** Each piece has an address in three languages, and a part holds 50,000 addresses at most. */
export const PIECES_IN_PART = 10_000
