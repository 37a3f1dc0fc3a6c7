/** What a command needs of the service's settings. */
export interface CommandConfig {
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string | undefined;
  readonly databaseWaitMs: number;
  readonly objectsDirectory: string;
  /** Where the person stands; npm runs scripts elsewhere. */
  readonly workingDirectory: string;
}

/** The service's own role sees no tenant without being told which. */
export function ownerUrl({ databaseAdminUrl }: Pick<CommandConfig, 'databaseAdminUrl'>): string {
  if (databaseAdminUrl !== undefined) return databaseAdminUrl;
  throw new Error('DATABASE_ADMIN_URL (or DATABASE_ADMIN_URL_FILE) is not set: this needs the owner of the schema');
}
