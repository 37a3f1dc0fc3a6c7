import type { Server } from '@grpc/grpc-js';
import { loadFileDescriptorSetFromBuffer } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import type { GenericService } from '../generic-definition.ts';

const HEALTH = 'grpc.health.v1.Health';

/** Serves reflection (v1 and v1alpha) of the definitions and health, from the image. */
export function addReflection(server: Server, image: Uint8Array, definitions: readonly GenericService[]): void {
  const services = [...definitions.map((d) => d.fullName), HEALTH];
  new ReflectionService(loadFileDescriptorSetFromBuffer(Buffer.from(image)), { services }).addToServer(server);
}
