import { idIn, objectName, uploadName } from '@exempla/contracts';
import type {
  DownloadObjectRequest,
  DownloadObjectResponse,
  ListObjectsRequest,
  Object as WireObject,
  Upload as WireUpload,
  UploadObjectRequest,
  UploadObjectRequest_Header as WireHeader,
} from '@exempla/contracts/storage/v1/object_service';
import type { DownloadInput, DownloadPart, StoredObject, Upload, UploadHeader, UploadPart } from '../objects/index.ts';
import type { PageInput } from '../paging/index.ts';

/** The path in `objects/{path}`. */
export const objectPath = (name: string): string => name.slice('objects/'.length);

const toHeader = (header: WireHeader): UploadHeader => ({
  path: objectPath(header.name),
  contentType: header.contentType,
  declaredSizeBytes: header.sizeBytes,
  declaredSha256: header.sha256.length === 0 ? undefined : header.sha256.toString('hex'),
  ifEtag: header.ifEtag,
  upload: header.upload === '' ? undefined : idIn(header.upload),
  offset: header.offset,
});

export const toDownloadInput = (request: DownloadObjectRequest): DownloadInput => ({
  ...request,
  path: objectPath(request.name),
});

export const toObjectsInput = (request: ListObjectsRequest): PageInput & { prefix: string } => ({
  ...request,
  prefix: objectPath(request.prefix),
});

export async function* toUploadParts(requests: AsyncIterable<UploadObjectRequest>): AsyncGenerator<UploadPart> {
  for await (const { part } of requests) {
    if (part?.$case === 'header') yield { type: 'header', header: toHeader(part.value) };
    else yield { type: 'chunk', bytes: part?.value ?? Buffer.alloc(0) };
  }
}

export const fromObject = (object: StoredObject): WireObject => ({
  name: objectName(object.path),
  contentType: object.contentType,
  sizeBytes: object.sizeBytes,
  sha256: Buffer.from(object.sha256, 'hex'),
  etag: object.etag,
  createTime: object.createTime,
});

export const fromDownloadPart = (part: DownloadPart): DownloadObjectResponse =>
  part.type === 'header'
    ? { part: { $case: 'header', value: fromObject(part.object) } }
    : { part: { $case: 'chunk', value: part.bytes } };

export const fromUpload = (upload: Upload): WireUpload => ({
  name: uploadName(upload.id),
  object: objectName(upload.path),
  receivedBytes: upload.receivedBytes,
  etag: upload.etag,
  createTime: upload.createTime,
  expireTime: upload.expireTime,
});
