// Faults of protos, and of what is made from them.
import { GENERATED, REASONS, PROTO_LINT, PROTO_BREAKING, edit } from './plant.mjs';

const GENERATED_FILE = 'packages/contracts/src/gen/exempla/audio/v1/error_reason.ts';
const IMAGE = 'packages/contracts/image/exempla.binpb';
const AUDIO_REASONS = 'proto/exempla/audio/v1/error_reason.proto';
const AUDIO_TABLE = 'services/audio/src/grpc/error-codes.ts';
const RPC_ERRORS = 'packages/rpc/src/status-error.ts';
const CATALOGUE = 'docs/errors.md';
const withReason = (text) => text.replace(/}\s*$/, '  // Planted.\n  ERROR_REASON_PLANTED = 999;\n}\n');

export const WIRE_FAULTS = [
  edit(
    'a generated file changed by hand',
    GENERATED,
    GENERATED_FILE,
    (text) => `${text}// by hand\n`,
    '// by hand',
    /differs from what the protos generate/,
  ),
  {
    ...edit('a stale image', GENERATED, AUDIO_REASONS, withReason, '', /error_reason\.proto in the image differs/),
    file: IMAGE,
    line: 1,
  },
  edit(
    'an element without a comment',
    PROTO_LINT,
    AUDIO_REASONS,
    (text) => withReason(text).replace('  // Planted.\n', ''),
    'ERROR_REASON_PLANTED',
    /comment/,
  ),
  edit(
    'a field that changes its type',
    PROTO_BREAKING,
    'proto/exempla/audio/v1/speech_service.proto',
    (text) => text.replace(/string text = 1/, 'int64 text = 1'),
    'int64 text = 1',
    /changed type/,
  ),
  edit(
    'a reason without a status',
    REASONS,
    AUDIO_REASONS,
    withReason,
    'ERROR_REASON_PLANTED',
    /PLANTED has no status/,
  ),
  edit(
    'a status for a reason nobody declared',
    REASONS,
    AUDIO_TABLE,
    (text) => text.replace(/codes:\s*{/, 'codes: {\n    PLANTED: status.INTERNAL,'),
    'PLANTED: status',
    /PLANTED is not in/,
  ),
  {
    name: 'a reason of a service that the catalogue lacks',
    command: REASONS,
    files: { [CATALOGUE]: (text) => text.replace(/^\| `VOICE_UNKNOWN`.*\n/m, '') },
    file: AUDIO_TABLE,
    marker: 'VOICE_UNKNOWN',
    says: /VOICE_UNKNOWN of audio\.exempla is not in docs\/errors\.md/,
  },
  edit(
    'a reason of the transport that the catalogue lacks',
    REASONS,
    RPC_ERRORS,
    (text) => `${text}export const planted = () => new StatusError(status.ABORTED, 'PLANTED', 'planted');\n`,
    "'PLANTED'",
    /PLANTED of rpc\.exempla is not in docs\/errors\.md/,
  ),
  edit(
    'a reason of the transport that nobody can read',
    REASONS,
    RPC_ERRORS,
    (text) => `${text}export const planted = (why: string) => new StatusError(status.ABORTED, why, 'planted');\n`,
    'planted = (why',
    /cannot be read here/,
  ),
  edit(
    'a reason in the catalogue that nobody gives',
    REASONS,
    CATALOGUE,
    (text) => text.replace('| `VOICE_UNKNOWN`', '| `PLANTED` | NOT_FOUND |\n| `VOICE_UNKNOWN`'),
    '`PLANTED`',
    /PLANTED is listed and audio\.exempla does not give it/,
  ),
  edit(
    'another status in the catalogue than in the code',
    REASONS,
    CATALOGUE,
    (text) => text.replace(/(`VOICE_UNKNOWN` *\| *)NOT_FOUND/, '$1INTERNAL'),
    '`VOICE_UNKNOWN`',
    /VOICE_UNKNOWN is INTERNAL here and NOT_FOUND in the code/,
  ),
];
