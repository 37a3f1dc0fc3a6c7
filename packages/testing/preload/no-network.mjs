// For `--import`: refuses and reports whatever would leave this machine, in this process, its threads and the Node processes
// that it starts. Connections, lookups of names and datagrams; what stays on the loopback or in the file system goes on.
import { ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { argv, env, nextTick, pid } from 'node:process';
import { threadId } from 'node:worker_threads';

const REPORT = 'NO_NETWORK_REPORT';
const report = env[REPORT];
const program = argv[1] ?? '';

const loopback = new net.BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
loopback.addSubnet('::ffff:127.0.0.0', 104, 'ipv6');

/** A host that is this machine; to connect to no particular address is to connect to it, too. */
const isHere = (host) =>
  !host ||
  /^(?:.+\.)?localhost$/i.test(host) ||
  ['0.0.0.0', '::'].includes(host) ||
  (net.isIP(host) !== 0 && loopback.check(host, net.isIPv6(host) ? 'ipv6' : 'ipv4'));

function tell(what, to) {
  appendFileSync(report, `${JSON.stringify({ pid, thread: threadId, program, what, to: String(to) })}\n`);
}

function refusal(what, to) {
  tell(what, to);
  return Object.assign(new Error(`${what} ${to}: no network here`), { code: 'ENETUNREACH', syscall: what });
}

/** Replaces a method by what `make` makes of it. */
const replace = (object, name, make) => void (object[name] = make(object[name]));

function optionsOf([first, second]) {
  if (Array.isArray(first)) return first[0];
  if (typeof first === 'object') return first;
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { path: first };
  return { port: first, host: typeof second === 'string' ? second : undefined };
}

replace(
  net.Socket.prototype,
  'connect',
  (connect) =>
    function guarded(...args) {
      const { path, host, port } = optionsOf(args);
      if (path || isHere(host)) return connect.apply(this, args);
      const error = refusal('connect', `${host}:${port}`);
      nextTick(() => this.destroy(error));
      return this;
    },
);

/** Those of callbacks and those of promises alike. */
const guardLookups = (object, fails) => {
  for (const name of Object.getOwnPropertyNames(object).filter((one) => /^(?:lookup|resolve|reverse)/.test(one)))
    replace(
      object,
      name,
      (look) =>
        function guarded(host, ...rest) {
          if (isHere(host)) return look.call(this, host, ...rest);
          return fails(refusal(name, host), rest);
        },
    );
};
const byCallback = (error, rest) => {
  nextTick(rest.at(-1), error);
  return {};
};
const byPromise = (error) => Promise.reject(error);
for (const object of [dns, dns.Resolver.prototype]) guardLookups(object, byCallback);
for (const object of [dns.promises, dns.promises.Resolver.prototype]) guardLookups(object, byPromise);

for (const what of ['send', 'connect'])
  replace(
    dgram.Socket.prototype,
    what,
    (act) =>
      function guarded(...args) {
        const to = args.slice(1).find((one) => typeof one === 'string');
        if (isHere(to)) return act.apply(this, args);
        const error = refusal(`datagram ${what}`, to);
        const [told] = args.slice(-1);
        nextTick(() => (typeof told === 'function' ? told(error) : this.emit('error', error)));
      },
  );

// Also of a process whose environment was made anew.
replace(
  ChildProcess.prototype,
  'spawn',
  (spawn) =>
    function guarded(options) {
      const pairs = options.envPairs ?? [];
      const others = pairs.filter((pair) => !/^(?:NODE_OPTIONS|NO_NETWORK_REPORT)=/.test(pair));
      const given = pairs.find((pair) => pair.startsWith('NODE_OPTIONS='))?.slice('NODE_OPTIONS='.length) ?? '';
      const preload = `--import=${import.meta.url}`;
      const all = given.includes(preload) ? given : `${given} ${preload}`.trim();
      const envPairs = [...others, `NODE_OPTIONS=${all}`, `${REPORT}=${report}`];
      return spawn.call(this, { ...options, envPairs });
    },
);

syncBuiltinESMExports();
tell('guarded', '');
