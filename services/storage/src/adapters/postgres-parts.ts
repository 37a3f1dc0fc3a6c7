import type { RecordOf } from '../records/index.ts';
import type { Part, PartRepository } from '../stories/index.ts';
import { PostgresRepository } from './postgres-repository.ts';

/** Revisions or generations of stories. */
export class PostgresParts<C extends Part>
  extends PostgresRepository<C, Pick<Part, 'storyId'>>
  implements PartRepository<C>
{
  async nextNumber(storyId: string): Promise<number> {
    const [row] = await this.session.run<{ next: number }>(
      `select coalesce(max(number), 0) + 1 as next from ${this.table.name} where tenant = $1 and story_id = $2`,
      [this.session.tenant, storyId],
    );
    return row?.next ?? 1;
  }

  findNumberForChange(storyId: string, number: number): Promise<RecordOf<C> | undefined> {
    return this.findBy({ story_id: storyId, number }, 'for update');
  }
}
