import {
  blankIn,
  blankOf,
  fold,
  RecordError,
  type RecordKind,
  type RecordOf,
  type Repository,
} from '../records/index.ts';

/** To the year, or a group by name. */
export type Age =
  { readonly type: 'years'; readonly years: number } | { readonly type: 'group'; readonly group: string };

/** Names of genders and groups are kept as given: nothing here depends on them. */
export interface ChildContent {
  readonly displayName: string;
  /** Undefined in a request only. */
  readonly age: Age | undefined;
  readonly gender: string;
  readonly interests: readonly string[];
}

export type Child = RecordOf<ChildContent>;

/** What tells a child from every other one of the tenant. */
export type ExactMatch = Pick<ChildContent, 'displayName' | 'age' | 'gender'>;

/** The same text for two children that are one. */
export const matchKeyOf = ({ displayName, age, gender }: ExactMatch): string =>
  JSON.stringify([fold(displayName), age?.type === 'years' ? age.years : age?.group, gender]);

/** A tenant has an exact match once: `save` gives nothing, and `update` throws CHILD_EXISTS, when it is there. */
export interface ChildRepository extends Repository<ChildContent> {
  findExactMatch(child: ExactMatch): Promise<Child | undefined>;
}

export const CHILD: RecordKind<ChildContent> = {
  collection: 'children',
  message: 'child',
  notFound: 'CHILD_NOT_FOUND',
  changeable: { display_name: 'displayName', years: 'age', age_group: 'age', gender: 'gender', interests: 'interests' },
  check: ({ displayName, age, interests }) => {
    if (age === undefined) return { field: 'years', why: 'years or age_group is required' };
    if (interests.length === 0) return { field: 'interests', why: 'at least one is required' };
    return blankOf({ display_name: displayName }) ?? blankIn({ interests });
  },
};

export const childExists = (id: string): RecordError =>
  new RecordError('CHILD_EXISTS', `another child has the name, age and gender that children/${id} would have`, {
    name: `children/${id}`,
  });
