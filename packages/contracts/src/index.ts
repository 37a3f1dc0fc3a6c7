export * from './gen/exempla/type/v1/usage_context.ts';
