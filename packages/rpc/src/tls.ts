import { credentials, ServerCredentials, type ChannelCredentials } from '@grpc/grpc-js';
import { readFile } from 'node:fs/promises';

type Env = Readonly<Record<string, string | undefined>>;

/** What a server shows and demands: its certificate, and with a client CA a certificate of every client. */
export async function serverCredentials(env: Env): Promise<ServerCredentials> {
  const own = await ownCertificate(env);
  const clientCa = await content(env, 'EXEMPLA_TLS_CLIENT_CA_FILE');
  if (own) return ServerCredentials.createSsl(clientCa, [own], clientCa !== null);
  if (clientCa) throw new Error('EXEMPLA_TLS_CLIENT_CA_FILE needs EXEMPLA_TLS_CERT_FILE and EXEMPLA_TLS_KEY_FILE');
  refusePlainText(env, 'EXEMPLA_TLS_CERT_FILE and EXEMPLA_TLS_KEY_FILE');
  return ServerCredentials.createInsecure();
}

/** How a client connects: with `EXEMPLA_TLS_CA_FILE` by TLS, showing its own certificate when it has one. */
export async function channelCredentials(env: Env): Promise<ChannelCredentials> {
  const ca = await content(env, 'EXEMPLA_TLS_CA_FILE');
  if (!ca) return credentials.createInsecure();
  const own = await ownCertificate(env);
  return credentials.createSsl(ca, own?.private_key, own?.cert_chain);
}

function refusePlainText(env: Env, names: string): void {
  if (env.NODE_ENV !== 'production' || env.TLS_MODE === 'terminated-by-mesh') return;
  throw new Error(
    `plain text is refused with NODE_ENV=production: set ${names}, or TLS_MODE=terminated-by-mesh where a proxy ` +
      'beside the service encrypts',
  );
}

async function ownCertificate(env: Env): Promise<{ cert_chain: Buffer; private_key: Buffer } | undefined> {
  const cert_chain = await content(env, 'EXEMPLA_TLS_CERT_FILE');
  const private_key = await content(env, 'EXEMPLA_TLS_KEY_FILE');
  if (cert_chain && private_key) return { cert_chain, private_key };
  if (cert_chain || private_key)
    throw new Error('EXEMPLA_TLS_CERT_FILE and EXEMPLA_TLS_KEY_FILE go together: set both');
  return undefined;
}

async function content(env: Env, name: string): Promise<Buffer | null> {
  const file = env[name];
  if (!file) return null;
  try {
    return await readFile(file);
  } catch (error) {
    throw new Error(`${name} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
