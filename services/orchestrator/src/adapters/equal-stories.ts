import { currentCall, RemoteError, SingleFlight, status, type CallTime } from '@exempla/rpc';
import { isOutage } from '@exempla/text';
import type { EqualRequests, GeneratedStory, OnPart, RequestKey, StoryCall } from '../stories/index.ts';
import { Telling } from './telling.ts';

/** A story in the making, and who hears of it. */
interface SharedStory {
  readonly telling: Telling;
  readonly result: Promise<GeneratedStory>;
}

/** Equal requests that come to this process at the same moment are one piece of work, and tenants never share. */
export class EqualStories implements EqualRequests {
  readonly #shared = new SingleFlight(mayTimeHelp);

  async share(
    { requestId, requestFingerprint }: RequestKey,
    { time, onPart }: StoryCall,
    make: (call: StoryCall) => Promise<GeneratedStory>,
  ): Promise<GeneratedStory> {
    const tenant = currentCall()?.tenant ?? '';
    const key = JSON.stringify([tenant, requestId, requestFingerprint]);
    const hear = inOrder(onPart);
    let leave = (): void => {};
    const listen = ({ telling }: Pick<SharedStory, 'telling'>): void => void (leave = telling.join(hear()));
    const begin = (ofAll: CallTime): SharedStory => {
      const telling = new Telling();
      listen({ telling });
      return { telling, result: make({ time: ofAll, onPart: telling.tell }) };
    };
    try {
      return await this.#shared.join(key, time, begin, listen);
    } finally {
      leave();
    }
  }
}

/**
 * Hears of one making after another, where the first had too little time. Their drafts count on: the first of the second takes the
 * place of all before.
 */
function inOrder(onPart: OnPart): () => OnPart {
  let heard = 0;
  return () => {
    const before = heard;
    return (part) => {
      if (part.type !== 'draft') return onPart(part);
      heard = before + part.attempt;
      return onPart({ ...part, attempt: heard });
    };
  };
}

/** What storage had no time for is begun again, too, by who has more. */
const mayTimeHelp = (error: unknown): boolean =>
  isOutage(error) || (error instanceof RemoteError && error.code === status.DEADLINE_EXCEEDED);
