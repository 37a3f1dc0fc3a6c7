export * from './object.ts';
export * from './object-error.ts';
export * from './object-index.ts';
export * from './object-bytes.ts';
export * from './collect-bytes.ts';
export * from './upload-object.ts';
export * from './download-object.ts';
export * from './keep-objects.ts';
