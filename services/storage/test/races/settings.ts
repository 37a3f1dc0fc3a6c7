/** The long form is `npm run races`. */
const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

export const EVENTS = number('RACES_EVENTS', 5_000);
/** Of a race that is disturbed. In the long form all are as long. */
export const DISTURBED_EVENTS = number('RACES_EVENTS', 1_000);
export const ROUNDS = number('RACES_ROUNDS', 100);
export const SEED = number('RACES_SEED', 20_260_101);
/** Of one race, for jest. */
export const LIMIT_MS = 120_000 + EVENTS * 20;
