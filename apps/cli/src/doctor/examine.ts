import { GATEWAY } from '@exempla/launch/services';
import type { Session } from '../commands/session.ts';
import { doctorView } from '../terminal/doctor-view.ts';
import { EXIT } from '../terminal/exit-codes.ts';
import { ownVersion } from '../version.ts';
import { checkAccess } from './access.ts';
import { type Check, isHealthy } from './check.ts';
import { askGateway, checkClock, checkGateway } from './gateway.ts';
import { checkMachine } from './machine.ts';
import { checkProviders } from './providers/providers.ts';
import { runningModels } from './providers/running.ts';
import { checkServices, findServices } from './services.ts';
import { checkSettings, readSettings } from './settings.ts';

/** Examines everything and prints it. `problems` were found while reading the environment. Returns the exit code. */
export async function examine(session: Session, problems: readonly string[]): Promise<number> {
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
