import { status } from '@grpc/grpc-js';

/** `OK`, `NOT_FOUND` … of a code; what no code has is UNKNOWN. */
export const statusName = (code: status): string => status[code] ?? status[status.UNKNOWN];
