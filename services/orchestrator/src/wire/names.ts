/** Enum values by name without their prefix; a name that a newer version has given is not specified to this one. */
export function enumNames<N extends string>(values: Record<string, string | number>, prefix: string) {
  return {
    from: (value: number): N | 'UNSPECIFIED' =>
      String(values[value] ?? `${prefix}UNSPECIFIED`).slice(prefix.length) as N,
    to: <T extends number>(name: string): T => (values[prefix + name] ?? 0) as T,
  };
}
