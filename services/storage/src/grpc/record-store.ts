/** Injection token of the port that children, heroes and stories are behind. */
export const RECORD_STORE = Symbol('record-store');
