import { asSentence, readGloss, withoutParentheses } from '../wording/index.ts';
import type { FoundSense } from './find-senses.ts';
import { isRemark } from './meaning.ts';

/** Openings that need `it is` in front: `used in cabinetwork`. */
const PARTICIPLE =
  /^(?:(?:often|usually|sometimes|now|formerly) )?(?:used|found|grown|made|known|called|characterized|considered|believed|caused|native|similar|related|common|noted|famous) (?!is|are|has|have)/;
const SINGULAR = /^(?:is|has|was|occurs|includes|causes|contains|consists|produces|grows|lives|forms|inhabits|comes)\b/;
const PLURAL = /^(?:are|have|were|occur|include|cause|contain|consist|produce|grow|live|form|inhabit)\b/;
const MAX_REMARKS = 2;

function spoken(remark: string, pronoun: 'it' | 'they'): string | undefined {
  const singular = pronoun === 'it';
  if (/^(?:it|its|this) /.test(remark)) return singular ? remark : undefined;
  if (/^(?:they|their|these) /.test(remark)) return singular ? undefined : remark;
  if (PARTICIPLE.test(remark)) return `${pronoun} ${singular ? 'is' : 'are'} ${remark}`;
  return (singular ? SINGULAR : PLURAL).test(remark) ? `${pronoun} ${remark}` : undefined;
}

/** Remarks of a gloss that can stand as sentences: `occurs in many breeds` becomes `It occurs in many breeds.` */
export const remarks = ({ synset }: FoundSense, pronoun: 'it' | 'they'): string[] =>
  readGloss(synset.gloss)
    .segments.slice(1)
    .map(withoutParentheses)
    .filter(isRemark)
    .map((remark) => spoken(remark, pronoun))
    .filter((sentence) => sentence !== undefined)
    .slice(0, MAX_REMARKS)
    .map(asSentence);
