import { describe } from '@jest/globals';
import { memoryObjects } from './memory-objects.ts';
import { objectRangesContract } from './object-ranges.contract.ts';
import { objectRefusalsContract } from './object-refusals.contract.ts';
import { objectStoreContract } from './object-store.contract.ts';
import { objectUploadsContract } from './object-uploads.contract.ts';

describe('objects in memory', () => {
  objectStoreContract(async () => memoryObjects());
  objectRefusalsContract(async () => memoryObjects());
  objectRangesContract(async () => memoryObjects());
  objectUploadsContract(async () => memoryObjects());
});
