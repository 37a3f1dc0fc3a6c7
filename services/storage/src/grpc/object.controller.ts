import { Controller, Inject } from '@nestjs/common';
import { idIn } from '@exempla/contracts';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import {
  type DeleteObjectRequest,
  type DeleteUploadRequest,
  type DownloadObjectRequest,
  type DownloadObjectResponse,
  type GetObjectRequest,
  type GetUploadRequest,
  type ListObjectsRequest,
  type ListObjectsResponse,
  type Object as WireObject,
  ObjectServiceDefinition,
  type Upload as WireUpload,
  type UploadObjectRequest,
} from '@exempla/contracts/storage/v1/object_service';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import {
  deleteObject,
  deleteUpload,
  downloadObject,
  getObject,
  getUpload,
  listObjects,
  uploadObject,
  type UploadPorts,
} from '../objects/index.ts';
import {
  fromDownloadPart,
  fromObject,
  fromUpload,
  objectPath,
  toDownloadInput,
  toObjectsInput,
  toUploadParts,
} from './object-mapping.ts';

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
    for await (const part of downloadObject(this.ports, context, toDownloadInput(request)))
      yield fromDownloadPart(part);
  }

  @RpcMethod(ObjectServiceDefinition, 'getObject')
  async getObject(request: GetObjectRequest, context: CallContext): Promise<WireObject> {
    return fromObject(await getObject(this.ports.index, context, objectPath(request.name)));
  }

  @RpcMethod(ObjectServiceDefinition, 'listObjects')
  async listObjects(request: ListObjectsRequest, context: CallContext): Promise<ListObjectsResponse> {
    const { items, nextPageToken } = await listObjects(this.ports.index, context, toObjectsInput(request));
    return { objects: items.map(fromObject), nextPageToken };
  }

  @RpcMethod(ObjectServiceDefinition, 'deleteObject')
  async deleteObject(request: DeleteObjectRequest, context: CallContext): Promise<Empty> {
    await deleteObject(this.ports, context, objectPath(request.name), request.etag);
    return {};
  }

  @RpcMethod(ObjectServiceDefinition, 'getUpload')
  async getUpload(request: GetUploadRequest, context: CallContext): Promise<WireUpload> {
    return fromUpload(await getUpload(this.ports.index, context, idIn(request.name)));
  }

  @RpcMethod(ObjectServiceDefinition, 'deleteUpload')
  async deleteUpload(request: DeleteUploadRequest, context: CallContext): Promise<Empty> {
    await deleteUpload(this.ports, context, idIn(request.name));
    return {};
  }
}
