/** Where the key came from: the variable, or the file that another one names. */
export function keyVariable(name: string, env: NodeJS.ProcessEnv): string {
  const file = env[name]?.trim() ? undefined : env[`${name}_FILE`]?.trim();
  return file ? `${name}_FILE (${file})` : name;
}
