import { status } from '@exempla/rpc';
import { Type, type Static } from 'typebox';

/** What a failed request answers with (RFC 9457, `application/problem+json`). */
export const ProblemSchema = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String({ description: 'Name of the gRPC status, such as INVALID_ARGUMENT.' }),
  reason: Type.String({ description: 'The situation in UPPER_SNAKE form.' }),
  errors: Type.Array(
    Type.Object({
      field: Type.String({ description: 'As the request has it, such as child.interests[0].' }),
      message: Type.String(),
    }),
    { description: 'Fields of the request that are wrong.' },
  ),
  retry_after: Type.Optional(Type.Integer({ description: 'Seconds, as in the header Retry-After.' })),
  budget: Type.Optional(
    Type.Object(
      {
        limit_micros: Type.Integer(),
        spent_micros: Type.Integer(),
        reserved_micros: Type.Integer({ description: 'Set aside for calls under way.' }),
        reset_time: Type.String({ format: 'date-time' }),
      },
      { description: 'With BUDGET_EXHAUSTED: the budget that has no room, in millionths of the unit of prices.' },
    ),
  ),
});
export type Problem = Static<typeof ProblemSchema>;
export type FieldProblem = Problem['errors'][number];

export const PROBLEM_TYPE = 'application/problem+json';

const HTTP = new Map<status, readonly [http: number, title: string]>([
  [status.CANCELLED, [499, 'Client closed request']],
  [status.INVALID_ARGUMENT, [400, 'Bad request']],
  [status.DEADLINE_EXCEEDED, [504, 'Deadline exceeded']],
  [status.NOT_FOUND, [404, 'Not found']],
  [status.ALREADY_EXISTS, [409, 'Conflict']],
  [status.PERMISSION_DENIED, [403, 'Forbidden']],
  [status.RESOURCE_EXHAUSTED, [429, 'Too many requests']],
  [status.FAILED_PRECONDITION, [400, 'Failed precondition']],
  [status.ABORTED, [409, 'Conflict']],
  [status.OUT_OF_RANGE, [416, 'Range not satisfiable']],
  [status.UNIMPLEMENTED, [501, 'Not implemented']],
  [status.UNAVAILABLE, [503, 'Service unavailable']],
  [status.UNAUTHENTICATED, [401, 'Unauthenticated']],
]);
/** What HTTP tells apart and gRPC does not. */
export const PAYMENT_REQUIRED = [402, 'Payment required'] as const;

/** INTERNAL, UNKNOWN, DATA_LOSS: the caller learns that it failed, and nothing of what is inside. */
const FAILED = [500, 'Internal error'] as const;

/** HTTP status and title of a gRPC status. */
export const httpOf = (code: status): readonly [http: number, title: string] => HTTP.get(code) ?? FAILED;

/** Name of the gRPC status behind an HTTP status; where several share it, the first above. */
export function grpcNameOf(http: number): string {
  if (http < 400) return 'OK';
  if (http === PAYMENT_REQUIRED[0]) return status[status.RESOURCE_EXHAUSTED];
  const code = [...HTTP].find(([, [one]]) => one === http)?.[0];
  return status[code ?? (http < 500 ? status.INVALID_ARGUMENT : status.INTERNAL)];
}

/** Made by `httpOf` unless HTTP has a finer status than gRPC, such as 413. */
export interface ProblemSource {
  code: status;
  reason: string;
  detail: string;
  errors?: FieldProblem[];
  retryAfterMs?: number | undefined;
  http?: readonly [http: number, title: string];
  budget?: Problem['budget'];
}

export function toProblem({ code, reason, detail, errors = [], retryAfterMs, http, budget }: ProblemSource): Problem {
  const [httpStatus, title] = http ?? httpOf(code);
  const problem: Problem = {
    type: 'about:blank',
    title,
    status: httpStatus,
    detail,
    code: status[code],
    reason,
    errors,
  };
  if (budget) problem.budget = budget;
  if (retryAfterMs !== undefined) problem.retry_after = Math.max(1, Math.ceil(retryAfterMs / 1000));
  return problem;
}
