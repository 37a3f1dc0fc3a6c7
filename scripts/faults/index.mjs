// What check:self plants, one at a time, and what the rule has to say about it.
import { BLOCKING_FAULTS, LINT_FAULTS, VERIFY_ASYNC_FAULTS } from './blocking.mjs';
import { MIGRATION_FAULTS } from './migrations.mjs';
import { PAGE_FAULTS } from './pages.mjs';
import { TESTS_FAULTS } from './tests.mjs';
import { WALLS_FAULTS } from './walls.mjs';
import { WIRE_FAULTS } from './wire.mjs';

export const FAULTS = [
  ...WALLS_FAULTS,
  ...BLOCKING_FAULTS,
  ...LINT_FAULTS,
  ...WIRE_FAULTS,
  ...MIGRATION_FAULTS,
  ...PAGE_FAULTS,
  ...VERIFY_ASYNC_FAULTS,
  ...TESTS_FAULTS,
];
