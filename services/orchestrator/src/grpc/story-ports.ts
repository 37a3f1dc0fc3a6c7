/** What stories, children and heroes need, by injection. */
export const STORY_PORTS = Symbol('story ports');
