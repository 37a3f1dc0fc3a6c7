import { ageOf, isTeen, type StoryBrief } from './brief.ts';
import { castSlots, partnerSlots } from './cast.ts';
import { toParagraphs, type Beat, type Paragraph } from './engine/beat.ts';
import { Dice } from './engine/random.ts';
import { render, type Rendering, type Slots } from './engine/template.ts';
import type { Plan } from './plan.ts';
import type { Help } from './topics/index.ts';

const JOINS_SENTENCES_FROM = 7;
const MINIATURE_BELOW_MINUTES = 1.7;

/** Renders beats of one story. Each beat draws from dice of its own, so that a change in one leaves the others alone. */
export class Teller {
  readonly #brief: StoryBrief;
  readonly #plan: Plan;
  readonly slots: Slots;

  constructor(brief: StoryBrief, plan: Plan) {
    this.#brief = brief;
    this.#plan = plan;
    this.slots = { between: '', ...plan.setting.slots, ...obstacleSlots(plan), ...castSlots(plan.cast, brief) };
  }

  dice(key: string): Dice {
    return new Dice(`${this.#brief.seed}/${key}`);
  }

  line(key: string, template: string, slots: Slots = {}): string {
    return render(template, this.#rendering(key, slots));
  }

  beat(key: string, beat: Beat, slots: Slots = {}): Paragraph[] {
    return toParagraphs(beat, { ...this.#rendering(key, slots), age: this.age });
  }

  one(key: string, beats: readonly Beat[], slots: Slots = {}): Paragraph[] {
    return this.beat(key, this.dice(`${key}/which`).pick(beats), slots);
  }

  /** What somebody loves or can do at work: the partner's strengths are the partner's to use. */
  help(key: string, obstacle: keyof Help['topic']['help'], { help, slots }: { help: Help; slots: Slots }): Paragraph[] {
    const actor = this.#plan.cast.partnerHelps.includes(help) ? partnerSlots(this.#plan.cast) : {};
    return this.beat(key, help.topic.help[obstacle], { ...slots, topic: help.label, ...actor });
  }

  /** A story of one minute: only the barest, and its own small tests and pictures. */
  get isMiniature(): boolean {
    return this.#brief.minutes < MINIATURE_BELOW_MINUTES;
  }

  get age(): number {
    return ageOf(this.#brief);
  }

  /** For those nearly grown. */
  get isForTeens(): boolean {
    return isTeen(this.#brief);
  }

  #rendering(key: string, slots: Slots): Rendering {
    return {
      slots: { ...this.slots, ...slots },
      dice: this.dice(key),
      longSentences: ageOf(this.#brief) >= JOINS_SENTENCES_FROM,
      terse: this.isMiniature,
    };
  }
}

const STRANGER_LOOK = 'You saw only a corner, and in the corner two eyes.';

/** What stands in the way here: `{ who: 'guardian' }` takes the setting's guardian. */
function obstacleSlots({ setting, skeleton, obstacle }: Plan): Slots {
  const places: Record<string, string> = { ...setting.slots };
  const named = obstacle === 'lost' ? { ...skeleton.slots, thing: 'part' } : skeleton.slots;
  for (const [slot, source] of Object.entries(named)) places[slot] = places[source] ?? source;
  places['whoLook'] = skeleton.slots['who'] === 'guardian' ? setting.slots.guardianLook : STRANGER_LOOK;
  return places;
}
