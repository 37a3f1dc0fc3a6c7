import { describe } from '@jest/globals';
import { memoryRecords } from './memory-records.ts';
import { recordStoreContract } from './record-store.contract.ts';

describe('records in memory (S3-18, S3-52, S3-53)', () => {
  recordStoreContract(async () => memoryRecords());
});
