import { heroName, idIn } from '@exempla/contracts';
import type { CreateHeroRequest, UpdateHeroRequest } from '@exempla/contracts/storage/v1/hero_store_service';
import { Hero as WireHero } from '@exempla/contracts/type/v1/hero';
import type { Hero, HeroContent } from '../heroes/index.ts';
import type { CreateInput, UpdateInput } from '../records/index.ts';
import { fromGender, toGender } from './child-mapping.ts';
import { checkRequest } from './request-checks.ts';

const toHeroContent = (hero: WireHero): HeroContent => ({
  displayName: hero.displayName,
  gender: toGender(hero.gender),
  appearance: hero.appearance,
  traits: hero.traits,
  interests: hero.interests,
  strengths: hero.strengths,
  language: hero.language,
});

export const fromHero = (hero: Hero): WireHero => ({
  name: heroName(hero.id),
  displayName: hero.displayName,
  gender: fromGender(hero.gender),
  appearance: hero.appearance,
  traits: [...hero.traits],
  interests: [...hero.interests],
  strengths: [...hero.strengths],
  language: hero.language,
  etag: hero.etag,
  createTime: hero.createTime,
  updateTime: hero.updateTime,
});

/** The rules of the protos see to it that the message is there; an empty one stands in for the type. */
const present = (hero: WireHero | undefined): WireHero => hero ?? WireHero.create();

export function toCreateHero(request: CreateHeroRequest): CreateInput<HeroContent> {
  checkRequest(request);
  return { content: toHeroContent(present(request.hero)), requestId: request.requestId };
}

export function toUpdateHero(request: UpdateHeroRequest): UpdateInput<HeroContent> {
  const hero = present(request.hero);
  checkRequest(request, { 'hero.name': hero.name });
  return { id: idIn(hero.name), etag: hero.etag, mask: request.updateMask ?? [], values: toHeroContent(hero) };
}
