import { RemoteError, status, StatusError } from '@exempla/rpc/client';
import { PeerError, type PeerProblem } from '../problems.ts';
import { EXIT, exitCodeOf } from '../terminal/exit-codes.ts';
import { deadlinePassed, type Failure, failureOf, report } from '../terminal/failure.ts';
import { Interrupted } from '../terminal/interruption.ts';
import { PLAIN, styleFor } from '../terminal/style.ts';
import { harmless } from '../terminal/text.ts';
import type { Invocation } from './invocation.ts';
import type { Globals } from './session.ts';

/** Says on standard error why a command failed, to whoever asked for it in this form; returns the exit code. */
export function reportFailure(error: unknown, invocation?: Invocation, globals?: Globals): number {
  const failure = commandFailure(error, invocation);
  if (failure.lines.length > 0 && globals && globals.format !== 'text') {
    process.stderr.write(`${failureJson(error, failure)}\n`);
    return failure.exitCode;
  }
  return report(failure, globals?.colour === false ? PLAIN : styleFor(process.stderr));
}

/** What is said of a command that failed, and the code to exit with. */
export function commandFailure(error: unknown, { noun = '', term }: Partial<Invocation> = {}): Failure {
  if (error instanceof Interrupted)
    return { exitCode: error.exitCode, lines: ['Cancelled; the services were told to stop.'] };
  if (error instanceof PeerError) return { exitCode: EXIT.unavailable, lines: peerLines(error) };
  if (error instanceof StatusError && error.code === status.DEADLINE_EXCEEDED)
    return { exitCode: EXIT.deadlineExceeded, lines: [deadlinePassed(noun)] };
  if (error instanceof RemoteError && error.reason === 'DEFINITION_EXISTS')
    return {
      exitCode: exitCodeOf(error.code),
      lines: [
        `"${harmless(term ?? '')}" is defined already: ${harmless(error.metadata['name'] ?? '')}`,
        'To define it again: --again',
      ],
    };
  return failureOf(error, term, noun);
}

const WHAT: Readonly<Record<PeerProblem, (service: string, target: string) => string>> = {
  nobody: (service, target) => `Nothing runs at ${target}, where ${service} should be.`,
  silent: (service, target) => `Nothing comes back from ${target}, where ${service} should be.`,
  unresolved: (service, target) => `The host of ${target}, where ${service} should be, is not known.`,
  other: (service, target) => `What answers at ${target} is not ${service}.`,
};

function peerLines({ problem, service, target }: PeerError): string[] {
  const variable = `EXEMPLA_${service.toUpperCase()}_TARGET`;
  const start = 'Start the mesh: exempla up, or npm run up.';
  return [
    WHAT[problem](service, target),
    ...(problem === 'nobody' ? [start] : []),
    `Is it elsewhere? ${variable}=host:port. To see what is wrong: exempla doctor.`,
  ];
}

/** The same for a program: one line of JSON. */
export function failureJson(error: unknown, { exitCode, lines }: Failure): string {
  const remote = error instanceof RemoteError ? error : undefined;
  const violations = remote?.details.violations ?? [];
  return JSON.stringify({
    error: {
      exitCode,
      ...(remote ? { code: status[remote.code], reason: remote.reason, metadata: remote.metadata } : {}),
      ...(error instanceof PeerError ? { code: 'UNAVAILABLE', service: error.service, target: error.target } : {}),
      message: remote ? remote.message : lines.join(' '),
      ...(violations.length > 0 ? { violations } : {}),
    },
  });
}
