export type FindingKind =
  | 'OBJECT_MISSING'
  | 'OBJECT_DAMAGED'
  | 'BYTES_ORPHANED'
  | 'REVISIONS_NOT_IN_ORDER'
  | 'EVENTS_NOT_IN_ORDER'
  | 'POSITIONS_BEHIND'
  | 'NOT_VALID';

/** Something that should not be. */
export interface Finding {
  readonly kind: FindingKind;
  /** As in the API, where it has such a name. */
  readonly name: string;
  /** Empty where it belongs to none. */
  readonly tenant: string;
  readonly detail: string;
}
