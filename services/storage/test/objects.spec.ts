import { describe } from '@jest/globals';
import { memoryObjects } from './memory-objects.ts';
import { objectStoreContract } from './object-store.contract.ts';

describe('objects in memory', () => {
  objectStoreContract(async () => memoryObjects());
});
