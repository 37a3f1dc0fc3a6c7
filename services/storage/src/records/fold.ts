/** What is left of a name for telling names apart: letter case, surrounding space and runs of space do not. */
export const fold = (text: string): string => text.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
