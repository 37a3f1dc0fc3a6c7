import { type Check, fail, warn } from '../check.ts';
import type { Answered, Probe } from './probe.ts';

/** Who was asked, and by which variables it is set. */
export interface Provider {
  /** Of the check. */
  name: string;
  /** Without password and query. */
  at: string;
  /** Of the variable that holds the key, or of the file that does. */
  keyVariable: string;
  hasKey: boolean;
  urlVariable: string;
  /** Where keys are made, and where credit is bought; empty when nobody knows. */
  keysAt: string;
  creditAt: string;
}

const CERTIFICATES = /CERT|SELF_SIGNED|ISSUER|LEAF_SIGNATURE/;

/** Why nothing came back. */
export function unreachable(provider: Provider, code: string): Check {
  const { name, at } = provider;
  if (CERTIFICATES.test(code))
    return fail(
      name,
      `${at}: its certificate is not trusted (${code})`,
      'NODE_EXTRA_CA_CERTS=FILE with the CA that signed it, for the services as well',
    );
  const [says, todo] = told(provider, code);
  return fail(name, says, todo);
}

function told({ at, urlVariable }: Provider, code: string): [says: string, todo: string] {
  switch (code) {
    case 'ECONNREFUSED':
      return [`nothing runs at ${at}`, `Start it there, or correct ${urlVariable}`];
    case 'ENOTFOUND':
      return [`the host of ${at} is not known`, `Correct ${urlVariable}, or check the DNS of this machine`];
    case 'EAI_AGAIN':
      return [`the host of ${at} cannot be looked up now`, 'Check the network and the DNS of this machine'];
    case 'TIMEOUT':
      return [`nothing comes back from ${at} in 5 s`, `Try again; a firewall may stop it, or ${urlVariable} is wrong`];
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return [`${at} speaks no TLS`, `${urlVariable}=${at.replace('https:', 'http:')}`];
    default:
      return [`${at} cannot be reached (${code})`, `Correct ${urlVariable}, or check the network of this machine`];
  }
}

/** It would not even be sent. */
export const unfitKey = ({ name, keyVariable }: Provider): Check =>
  fail(
    name,
    `${keyVariable} does not hold a key: it has a space, a line break or a letter beyond ASCII`,
    'Copy the key again',
  );

/** What an answer says that is no success; undefined for a success. */
export function refusal(provider: Provider, answer: Answered): Check | undefined {
  const { name, at, keyVariable, hasKey, keysAt } = provider;
  const { status } = answer;
  if (status === 401 && !hasKey) return fail(name, `${at} wants a key`, `Set ${keyVariable}${where(keysAt)}`);
  if (status === 403 && /scope|permission/i.test(messageOf(answer)))
    return warn(
      name,
      `${at} knows the key, which may not list models; whether it may do more is not known`,
      'Try it, or give it that right',
    );
  if (status === 401 || status === 403)
    return fail(name, `${at} refuses the key (${status})`, `Put another one into ${keyVariable}${where(keysAt)}`);
  if (status === 402 || (status === 429 && reasonOf(answer) === 'insufficient_quota')) return noCredit(provider);
  if (status === 429)
    return warn(
      name,
      `${at} takes no more requests just now (429)`,
      `Wait${after(answer.retryAfter)}; the services slow down by themselves`,
    );
  if (status >= 500)
    return warn(name, `${at} is in trouble (${status})`, 'Try again later; offline providers stand in where they can');
  return undefined;
}

export const noCredit = ({ name, at, creditAt }: Provider): Check =>
  fail(name, `${at}: no credit is left`, `Buy some, or raise the limit of the key${where(creditAt)}`);

const where = (url: string): string => (url ? `: ${url}` : '');
const after = (retryAfter: string | undefined): string => (/^\d+$/.test(retryAfter ?? '') ? ` ${retryAfter} s` : '');

/** To be looked at, and not shown: it may name keys. */
function messageOf({ json }: Answered): string {
  const { error } = (json ?? {}) as { error?: { message?: unknown } };
  return typeof error?.message === 'string' ? error.message : '';
}

/** `error.code` as OpenAI has it. What else stands there may name keys. */
function reasonOf({ json }: Answered): unknown {
  const { error } = (json ?? {}) as { error?: { code?: unknown; type?: unknown } };
  return error?.code ?? error?.type;
}

export const isAnswered = (probe: Probe): probe is Answered => 'status' in probe;
