import { status } from '@grpc/grpc-js';

/** A code as it stands, and UNKNOWN for one that nobody defined: a peer may send any number. */
export const knownStatus = (code: status): status => (status[code] === undefined ? status.UNKNOWN : code);

/** `OK`, `NOT_FOUND` … of a code. */
export const statusName = (code: status): string => status[knownStatus(code)]!;
