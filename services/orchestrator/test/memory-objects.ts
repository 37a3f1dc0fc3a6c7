import { RemoteError, status } from '@exempla/rpc';

interface Kept {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly etag: string;
}
type Part = {
  part: { $case: 'header'; value: { name: string; contentType: string } } | { $case: 'chunk'; value: Uint8Array };
};

/** The object store as a client sees it, in memory. */
export class MemoryObjects {
  readonly kept = new Map<string, Kept>();
  #versions = 0;

  async uploadObject(parts: AsyncIterable<Part>) {
    let header = { name: '', contentType: '' };
    const chunks: Uint8Array[] = [];
    for await (const { part } of parts)
      if (part.$case === 'header') header = part.value;
      else chunks.push(part.value);
    const etag = `v${(this.#versions += 1)}`;
    this.kept.set(header.name, { bytes: Buffer.concat(chunks), contentType: header.contentType, etag });
    return this.#describe(header.name);
  }

  async *downloadObject({ name, ifEtag = '' }: { name: string; ifEtag?: string }) {
    const found = this.kept.get(name);
    if (!found) throw notFound(name);
    if (ifEtag !== '' && ifEtag !== found.etag)
      throw new RemoteError('storage/Object', status.ABORTED, `${name} was replaced`);
    yield { part: { $case: 'header', value: this.#describe(name) } };
    yield { part: { $case: 'chunk', value: found.bytes } };
  }

  async deleteObject({ name }: { name: string }) {
    if (!this.kept.delete(name)) throw notFound(name);
    return {};
  }

  #describe(name: string) {
    const { bytes, contentType, etag } = this.kept.get(name)!;
    return {
      name,
      contentType,
      sizeBytes: BigInt(bytes.length),
      sha256: new Uint8Array(32),
      etag,
      createTime: undefined,
    };
  }
}

const notFound = (name: string): RemoteError => new RemoteError('storage/Object', status.NOT_FOUND, `no ${name}`);
