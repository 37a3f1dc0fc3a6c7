import { GATEWAY } from '@exempla/launch';
import { ownVersion } from '@exempla/rpc';
import type { Command } from 'commander';
import { checkAccess } from '../doctor/access.ts';
import { type Check, isHealthy } from '../doctor/check.ts';
import { askGateway, checkClock, checkGateway } from '../doctor/gateway.ts';
import { checkMachine } from '../doctor/machine.ts';
import { checkProviders } from '../doctor/providers/providers.ts';
import { runningModels } from '../doctor/providers/running.ts';
import { checkServices, findServices } from '../doctor/services.ts';
import { checkSettings, readSettings } from '../doctor/settings.ts';
import { doctorView } from '../terminal/doctor-view.ts';
import { EXIT } from '../terminal/exit-codes.ts';
import type { Choose } from './invocation.ts';
import type { Session } from './session.ts';

export function addDoctor(program: Command, choose: Choose): void {
  program
    .command('doctor')
    .description('look for what is wrong, and say what to do')
    .action(() => {
      const problems: string[] = [];
      choose({
        onConfigProblem: (problem) => problems.push(problem),
        run: (session) => examine(session, problems),
      });
    });
}

async function examine(session: Session, problems: readonly string[]): Promise<number> {
  session.doing('asking each service and provider how it is');
  const checks = await everything(session, problems);
  for (const check of checks) session.message(() => check);
  session.document(() => ({ ok: isHealthy(checks), checks }));
  const { width, style } = session.around;
  session.text(doctorView(checks, width, style));
  return isHealthy(checks) ? EXIT.done : EXIT.failed;
}

async function everything(session: Session, problems: readonly string[]): Promise<Check[]> {
  const { config, signal } = session.around;
  const { env, targets, ports } = config;
  const gatewayPort = ports[GATEWAY.name] ?? GATEWAY.port;
  const [machine, services, gateway, access, providers] = await Promise.all([
    checkMachine(),
    findServices(targets, signal),
    askGateway(gatewayPort, signal),
    checkAccess(session),
    runningModels(session).then((running) => checkProviders(env, signal, running)),
  ]);
  // Afterwards: it starts processes, and how soon the services answer would be theirs.
  session.doing('asking each service for its settings');
  const readings = await readSettings(env, signal);
  return [
    ...machine,
    checkClock(Date.now(), gateway),
    ...checkSettings(env, readings, problems),
    ...checkServices(services, { version: await ownVersion(), ports }),
    await checkGateway(gatewayPort, gateway),
    ...access,
    ...providers,
  ];
}
