/** Where `up` keeps its data, below the working directory. */
export const DATA_DIRECTORY = '.exempla';
/** Names the process that uses it. */
export const LOCK_FILE = 'up.lock';
