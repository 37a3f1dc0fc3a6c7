import {
  type Age,
  type Child,
  type ChildContent,
  childExists,
  type ChildRepository,
  type ExactMatch,
} from '../children/index.ts';
import { fold } from '../records/index.ts';
import { PostgresRepository, type TenantSession } from './postgres-repository.ts';
import type { RecordTable } from './record-table.ts';

interface ChildRow {
  display_name: string;
  years: number;
  age_group: string;
  gender: string;
  interests: string[];
}

const toAge = ({ years, age_group: group }: ChildRow): Age =>
  group === '' ? { type: 'years', years } : { type: 'group', group };

/** The columns of the unique index. */
const matchColumns = ({ displayName, age, gender }: ExactMatch) => ({
  name_key: fold(displayName),
  years: age?.type === 'years' ? age.years : 0,
  age_group: age?.type === 'group' ? age.group : '',
  gender,
});

const CHILDREN: RecordTable<ChildContent, object> = {
  name: 'storage.children',
  columns: ['display_name', 'years', 'age_group', 'gender', 'interests'],
  toColumns: (child) => ({ ...matchColumns(child), display_name: child.displayName, interests: child.interests }),
  toContent: (row: ChildRow) => ({
    displayName: row.display_name,
    age: toAge(row),
    gender: row.gender,
    interests: row.interests,
  }),
  toFilter: () => ({}),
  taken: (id) => childExists(id),
};

export class PostgresChildren extends PostgresRepository<ChildContent, object> implements ChildRepository {
  constructor(session: TenantSession) {
    super(CHILDREN, session);
  }

  findExactMatch(child: ExactMatch): Promise<Child | undefined> {
    return this.findBy(matchColumns(child));
  }
}
