import type { StoryPorts } from './ports.ts';
import type { Child, ChildProfile, GenerateRequest, Hero, Story } from './types.ts';

/** Who and what a story is of. */
export interface Cast {
  /** As the story is to know it. */
  readonly child: ChildProfile | undefined;
  /** `children/{id}`; empty for a hero's story. */
  readonly childName: string;
  readonly hero: Hero | undefined;
  readonly previous: Story | undefined;
}

type Archives = Pick<StoryPorts, 'children' | 'heroes' | 'stories'>;

/** Reads what the request names; only when all of it exists is a new child found or stored. */
export async function gatherCast(request: GenerateRequest, { children, heroes, stories }: Archives): Promise<Cast> {
  const { child, hero, previousStory } = request;
  const [kept, heroFound, previous] = await Promise.all([
    child?.type === 'kept' ? children.get(child.name) : undefined,
    hero === '' ? undefined : heroes.get(hero),
    previousStory === '' ? undefined : stories.get(previousStory),
  ]);
  const cast = { hero: heroFound, previous };
  if (child?.type !== 'new') return { ...cast, child: kept, childName: kept?.name ?? '' };
  const known: Child = await children.create(child.profile, '');
  return { ...cast, child: child.profile, childName: known.name };
}
