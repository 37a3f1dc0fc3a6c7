import type { StoryDraft } from '@exempla/contracts/orchestrator/v1/story_service';

const FEW_WORDS = 10;

/** How far a model is; what it writes is shown once it is kept. */
export class DraftProgress {
  #attempt = 0;
  #words = 0;

  after({ attempt, text }: Pick<StoryDraft, 'attempt' | 'text'>): string {
    if (attempt !== this.#attempt) this.#words = 0;
    this.#attempt = attempt;
    this.#words += text.match(/\S+/g)?.length ?? 0;
    // In tens, so that the time it takes is seen as well.
    const words = Math.floor(this.#words / FEW_WORDS) * FEW_WORDS;
    return `writing the story, draft ${attempt}${words > 0 ? `, ${words} words` : ''}`;
  }
}
