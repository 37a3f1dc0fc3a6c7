import { validateChild, validateHero } from './check-request.ts';
import type { Change, ChildArchive, HeroArchive } from './ports.ts';
import type { Child, ChildProfile, Hero, HeroProfile } from './types.ts';

/** Keeps a child, or answers with the one that is there. */
export async function createChild(
  { profile, requestId }: { profile: ChildProfile; requestId: string },
  children: ChildArchive,
): Promise<Child> {
  validateChild(profile);
  return children.create(profile, requestId);
}

export async function updateChild(change: Change<ChildProfile>, children: ChildArchive): Promise<Child> {
  validateChild(change.values, 'child', change.mask);
  return children.update(change);
}

export async function createHero(
  { profile, requestId }: { profile: HeroProfile; requestId: string },
  heroes: HeroArchive,
): Promise<Hero> {
  validateHero(profile);
  return heroes.create(profile, requestId);
}

export async function updateHero(change: Change<HeroProfile>, heroes: HeroArchive): Promise<Hero> {
  validateHero(change.values, change.mask);
  return heroes.update(change);
}
