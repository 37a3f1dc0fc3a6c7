/** Where a story happens. Noun phrases come with their article, so that they can stand anywhere in a sentence. */
export interface Setting {
  readonly id: string;
  /** First sentences of a story here. */
  readonly openings: readonly string[];
  /** Places to come by on the way, as in "They came to …". */
  readonly spots: readonly string[];
  /** How the evening looks from a window. */
  readonly nights: readonly string[];
  readonly slots: Readonly<Record<SettingSlot, string>>;
}

export type SettingSlot =
  | 'land'
  | 'at'
  | 'home'
  | 'way'
  | 'wayLook'
  | 'goal'
  | 'folk'
  | 'elder'
  | 'wonder'
  | 'wonderDid'
  | 'wonderStill'
  | 'creature'
  | 'kin'
  | 'door'
  | 'doorLook'
  | 'gap'
  | 'gapLook'
  | 'fog'
  | 'fogLook'
  | 'part'
  | 'partLook'
  | 'guardian'
  | 'guardianLook'
  | 'stranger'
  | 'strangerFrom'
  | 'feast'
  | 'food'
  | 'sound'
  | 'smell';
