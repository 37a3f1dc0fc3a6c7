import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import type { Server } from '@grpc/grpc-js';
import type { PackageDefinition } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import type { GenericService } from '../generic-definition.ts';

const HEALTH = 'grpc.health.v1.Health';

/**
 * Serves reflection (v1 and v1alpha) of the definitions and health, from the image. The library reads nothing of a package
 * definition but its file descriptors; it is given the image's own, because proto-loader merges the files of a package
 * into one and loses services on the way.
 */
export function addReflection(server: Server, image: Uint8Array, definitions: readonly GenericService[]): void {
  const { file } = fromBinary(FileDescriptorSetSchema, image);
  const fileDescriptorProtos = file.map((descriptor) => Buffer.from(toBinary(FileDescriptorProtoSchema, descriptor)));
  const files = { image: { fileDescriptorProtos, format: 'Protocol Buffer 3 DescriptorProto', type: {} } };
  const services = [...definitions.map((d) => d.fullName), HEALTH];
  new ReflectionService(files as unknown as PackageDefinition, { services }).addToServer(server);
}
