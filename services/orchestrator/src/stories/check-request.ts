import { invalid } from './story-error.ts';
import type { ChildProfile, GenerateRequest, HeroProfile } from './types.ts';

// What the rules of the protos cannot see. Plain functions, no promises: what is wrong is known before anything is asked.

/** Longer ones are no names. Storage would take 100. */
export const NAME_MAX = 60;
const MINUTES_MAX = 30;

export function validateStoryRequest(request: GenerateRequest): void {
  const { child, hero, moral, lengthMinutes } = request;
  if (!child && hero === '') throw invalid('new_child', 'a child or a hero is required');
  if (child?.type === 'new') validateChild(child.profile, 'new_child');
  if ('own' in moral) checkLine('custom_moral', moral.own);
  if (!Number.isInteger(lengthMinutes) || lengthMinutes < 1 || lengthMinutes > MINUTES_MAX)
    throw invalid('length_minutes', `must be 1 to ${MINUTES_MAX}`);
}

/** @param mask names the fields that are set; undefined means all */
export function validateChild(child: ChildProfile, path = 'child', mask?: readonly string[]): void {
  const told = toldBy(mask);
  if (told('display_name')) checkName(`${path}.display_name`, child.displayName);
  if (mask === undefined && child.age === undefined) throw invalid(`${path}.years`, 'years or age_group is required');
  if (!told('interests')) return;
  if (child.interests.length === 0) throw invalid(`${path}.interests`, 'at least one is required');
  child.interests.forEach((interest, at) => checkLine(`${path}.interests[${at}]`, interest));
}

/** @param mask names the fields that are set; undefined means all */
export function validateHero(hero: HeroProfile, mask?: readonly string[]): void {
  const told = toldBy(mask);
  if (told('display_name')) checkName('hero.display_name', hero.displayName);
  if (told('language') && hero.language.trim() === '') throw invalid('hero.language', 'is required');
  for (const list of ['traits', 'interests', 'strengths'] as const)
    if (told(list)) hero[list].forEach((entry, at) => checkLine(`hero.${list}[${at}]`, entry));
}

const toldBy = (mask: readonly string[] | undefined) => (field: string) => mask?.includes(field) ?? true;

function checkName(field: string, name: string): void {
  checkLine(field, name);
  if (Array.from(name).length > NAME_MAX) throw invalid(field, `has more than ${NAME_MAX} characters`);
}

/** One line of text with something in it. Markup and the like are text as any other. */
function checkLine(field: string, text: string): void {
  if (text.trim() === '') throw invalid(field, 'is empty');
  if (/\p{Cc}/u.test(text)) throw invalid(field, 'has control characters');
}
