import { Controller, Inject } from '@nestjs/common';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import {
  type DeleteObjectRequest,
  type DownloadObjectRequest,
  type DownloadObjectResponse,
  type GetObjectRequest,
  type Object as WireObject,
  ObjectServiceDefinition,
  type UploadObjectRequest,
} from '@exempla/contracts/storage/v1/object_service';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import { deleteObject, downloadObject, getObject, uploadObject, type UploadPorts } from '../objects/index.ts';
import { fromDownloadPart, fromObject, objectPath, toUploadParts } from './object-mapping.ts';

/** Injection token of what the use cases need. */
export const OBJECT_PORTS = Symbol('object-ports');

@Controller()
export class ObjectController {
  constructor(@Inject(OBJECT_PORTS) private readonly ports: UploadPorts) {}

  @RpcMethod(ObjectServiceDefinition, 'uploadObject')
  async uploadObject(requests: AsyncIterable<UploadObjectRequest>, context: CallContext): Promise<WireObject> {
    return fromObject(await uploadObject(this.ports, context, toUploadParts(requests)));
  }

  @RpcMethod(ObjectServiceDefinition, 'downloadObject')
  async *downloadObject(
    request: DownloadObjectRequest,
    context: CallContext,
  ): AsyncGenerator<DownloadObjectResponse, void> {
    for await (const part of downloadObject(this.ports, context, objectPath(request.name)))
      yield fromDownloadPart(part);
  }

  @RpcMethod(ObjectServiceDefinition, 'getObject')
  async getObject(request: GetObjectRequest, context: CallContext): Promise<WireObject> {
    return fromObject(await getObject(this.ports.index, context, objectPath(request.name)));
  }

  @RpcMethod(ObjectServiceDefinition, 'deleteObject')
  async deleteObject(request: DeleteObjectRequest, context: CallContext): Promise<Empty> {
    await deleteObject(this.ports, context, objectPath(request.name), request.etag);
    return {};
  }
}
