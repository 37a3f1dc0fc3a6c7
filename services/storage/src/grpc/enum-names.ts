/** Enum values are kept by name without their prefix: readable in the database, and safe when numbers move. */
export function enumNames<T extends number>(values: Record<string, string | number>, prefix: string) {
  return {
    toName: (value: T): string => String(values[value] ?? `${prefix}UNSPECIFIED`).slice(prefix.length),
    /** A name that a newer version has written is not specified to this one. */
    fromName: (name: string): T => (values[prefix + name] ?? 0) as T,
  };
}
