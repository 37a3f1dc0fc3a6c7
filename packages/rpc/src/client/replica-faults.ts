import { experimental, status, type LoadBalancingConfig } from '@grpc/grpc-js';

/** Statuses that say something of the server; with all others it answered, and what it said is between it and the caller. */
const FAULTS = new Set([
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);
const NAME = 'exempla_replica_faults';

type Config = experimental.TypedLoadBalancingConfig;
type Parent = experimental.ChannelControlHelper;
type Addresses = Parameters<experimental.LoadBalancer['updateAddressList']>;

/**
 * `policy`, told of the faults of replicas and of nothing else. Outlier detection takes every status but OK for one: a cache
 * that is asked for what it does not have, or readers who break streams off, would have healthy replicas left out.
 */
export function judgedByFaults(policy: LoadBalancingConfig): LoadBalancingConfig {
  if (!experimental.isLoadBalancerNameRegistered(NAME))
    experimental.registerLoadBalancerType(NAME, FaultsBalancer, FaultsConfig);
  return { [NAME]: { child_policy: [policy] } };
}

class FaultsConfig implements Config {
  readonly child: Config;

  constructor(child: Config) {
    this.child = child;
  }

  getLoadBalancerName(): string {
    return NAME;
  }

  toJsonObject(): object {
    return { [NAME]: { child_policy: [this.child.toJsonObject()] } };
  }

  /** Throws when grpc-js cannot read the policy inside. */
  static createFromJson({ child_policy: [policy] }: { child_policy: [LoadBalancingConfig] }): FaultsConfig {
    return new FaultsConfig(experimental.parseLoadBalancingConfig(policy));
  }
}

class FaultsBalancer implements experimental.LoadBalancer {
  readonly #child: experimental.ChildLoadBalancerHandler;

  constructor(parent: Parent) {
    const updateState: Parent['updateState'] = (state, picker, message) =>
      parent.updateState(state, new FaultsPicker(picker), message);
    this.#child = new experimental.ChildLoadBalancerHandler(
      experimental.createChildChannelControlHelper(parent, { updateState }),
    );
  }

  updateAddressList(...[endpoints, config, options, note]: Addresses): boolean {
    return config instanceof FaultsConfig && this.#child.updateAddressList(endpoints, config.child, options, note);
  }

  exitIdle(): void {
    this.#child.exitIdle();
  }

  resetBackoff(): void {
    this.#child.resetBackoff();
  }

  destroy(): void {
    this.#child.destroy();
  }

  getTypeName(): string {
    return NAME;
  }
}

class FaultsPicker implements experimental.Picker {
  readonly #picker: experimental.Picker;

  constructor(picker: experimental.Picker) {
    this.#picker = picker;
  }

  pick(args: experimental.PickArgs): experimental.PickResult {
    const result = this.#picker.pick(args);
    const { onCallEnded } = result;
    if (!onCallEnded) return result;
    return {
      ...result,
      onCallEnded: (code, details, metadata) => onCallEnded(FAULTS.has(code) ? code : status.OK, details, metadata),
    };
  }
}
