import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import {
  credentials,
  loadPackageDefinition,
  status,
  type ClientDuplexStream,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { load } from '@grpc/proto-loader';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, type FileDescriptorProto } from '@bufbuild/protobuf/wkt';
import { startProbe } from './probe-server.ts';

const PROTOS = new URL('../proto/grpc/reflection/', import.meta.resolve('@grpc/reflection'));
const PROBE = 'exempla.rpctest.v1.ProbeService';

interface Reply {
  listServicesResponse?: { service: { name: string }[] };
  fileDescriptorResponse?: { fileDescriptorProto: Buffer[] };
  errorResponse?: { errorCode: number };
}

/** One question to a server as grpcurl and buf curl ask it. */
async function reflect(target: string, version: string, question: object): Promise<Reply> {
  const protos = await load(fileURLToPath(new URL(`${version}/reflection.proto`, PROTOS)));
  const found = loadPackageDefinition(protos)['grpc'] as unknown as {
    reflection: Record<string, { ServerReflection: ServiceClientConstructor }>;
  };
  const client = new found.reflection[version]!.ServerReflection(target, credentials.createInsecure());
  try {
    const call = client['serverReflectionInfo']!() as ClientDuplexStream<object, Reply>;
    call.end(question);
    for await (const reply of call) return reply as Reply;
    throw new Error('no answer');
  } finally {
    client.close();
  }
}

describe.each(['v1', 'v1alpha'])('reflection %s', (version) => {
  it('lists the services of the server, as far as its image has them', async () => {
    await using setup = await startProbe();
    const { listServicesResponse } = await reflect(setup.channel.target, version, { listServices: '' });
    const names = listServicesResponse?.service.map(({ name }) => name).toSorted();
    // The images of the mesh hold health as well.
    expect(names).toEqual([PROBE]);
  });

  it('gives the file of a service, and each file that is imported', async () => {
    await using setup = await startProbe();
    const read = async (question: object): Promise<FileDescriptorProto[]> => {
      const { fileDescriptorResponse } = await reflect(setup.channel.target, version, question);
      return fileDescriptorResponse!.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    };
    const [probe] = await read({ fileContainingSymbol: PROBE });
    expect(probe?.name).toBe('exempla/rpctest/v1/probe_service.proto');
    const needed = new Set(probe!.dependency);
    // A set also visits what is added on the way.
    for (const name of needed) {
      const files = await read({ fileByFilename: name });
      expect(files.map((file) => file.name)).toContain(name);
      for (const file of files) for (const imported of file.dependency) needed.add(imported);
    }
    expect([...needed]).toContain('google/protobuf/descriptor.proto');
  });

  it('is served in development only', async () => {
    await using setup = await startProbe({ env: {} });
    const asking = reflect(setup.channel.target, version, { listServices: '' });
    await expect(asking).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });

  it('says NOT_FOUND for what it does not know', async () => {
    await using setup = await startProbe();
    const { errorResponse } = await reflect(setup.channel.target, version, { fileContainingSymbol: 'nobody.Knows' });
    expect(errorResponse?.errorCode).toBe(status.NOT_FOUND);
  });
});
