import { expect, it } from '@jest/globals';
import { ErrorReason } from '@exempla/contracts/examples/v1/error_reason';
import { errorTable } from '../src/grpc/error-codes.ts';

it('every reason of the proto has a status, and no other reason has', () => {
  const listed = Object.keys(ErrorReason)
    .filter((name) => name.startsWith('ERROR_REASON_') && name !== 'ERROR_REASON_UNSPECIFIED')
    .map((name) => name.slice('ERROR_REASON_'.length));
  expect(Object.keys(errorTable.codes).sort()).toEqual(listed.sort());
});
