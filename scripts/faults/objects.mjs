// What services/storage promises of objects, each taken away once. Where memory can tell, memory is asked: it is faster.

const TEST = 'services/storage/test';
const fault = (spec, promise, file, [from, to], test) => ({
  promise: `objects: ${promise}`,
  spec: `${TEST}/${spec}`,
  file: `services/storage/src/${file}`,
  from,
  to,
  test,
});
const room = (promise, file, edit, test) => fault('objects.spec.ts', promise, `objects/${file}`, edit, test);

export const OBJECT_FAULTS = [
  fault(
    'disk-objects.int.spec.ts',
    'what is being written is no leftover, whatever the clock says',
    'adapters/disk-staging.ts',
    ['!isOurs(path) && (await isAbandoned(path))', 'isAbandoned(path)'],
    'when the clock is put forward',
  ),
  fault(
    'disk-objects.int.spec.ts',
    'the pid of another container says nothing',
    'adapters/disk-staging.ts',
    ['name.endsWith(`.${SPACE}`) && ', ''],
    'of the same host name',
  ),
  fault(
    'sweep-timer.spec.ts',
    'a delete takes nothing from another database',
    'objects/collect-bytes.ts',
    ['isOurs ? bytes.remove(suspicion.sha256) : undefined', 'isOurs || bytes.remove(suspicion.sha256)'],
    'another database may name',
  ),
  fault(
    'sweep-timer.spec.ts',
    'a walk ends when the service does',
    'objects/sweep-objects.ts',
    ['of source) {\n    signal?.throwIfAborted();', 'of source) {'],
    'in the midst',
  ),
  fault(
    'sweep-timer.spec.ts',
    'sweeps do not pile up',
    'adapters/sweep-timer.ts',
    ['this.#running ??= ', 'this.#running = '],
    'once at a time',
  ),
  fault(
    'disk-objects.int.spec.ts',
    'a disk without room is told as such',
    'adapters/disk-full.ts',
    ["['ENOSPC', 'EDQUOT']", '[]'],
    'that there is no room',
  ),
  room(
    'a damaged byte is never handed out',
    'download-object.ts',
    ['block === undefined || !isBlockRight(block, reading.blockChecks, index)', 'block === undefined'],
    'a flipped byte',
  ),
  room(
    'nor one of an object without checksums',
    'download-object.ts',
    ["  if (hash.digest('hex') !== object.sha256) throw objectDamaged(object.path);\n", ''],
    'whose bytes are flipped',
  ),
  room(
    'a range ends with the object',
    'download-object.ts',
    ['  if (offset + length > object.sizeBytes) throw', '  if (offset > 2n ** 70n) throw'],
    'one byte too many',
  ),
  room(
    'a download goes on with its version or not at all',
    'download-object.ts',
    ["if (ifEtag !== '' && ifEtag !== object.etag)", "if (ifEtag === 'none')"],
    'a download that broke off',
  ),
  room(
    'what arrived of an upload is kept',
    'continue-upload.ts',
    ['isHopeless(error) ? giveUp', 'error !== undefined ? giveUp'],
    'keeps what arrived',
  ),
  room(
    'what was a lie is not',
    'continue-upload.ts',
    ['isHopeless(error) ? giveUp', 'error === undefined ? giveUp'],
    'a lying hash',
  ),
  room(
    'one call at a time sends to an upload',
    'upload-record.ts',
    ['  if (current.writer !== undefined && current.writerUntil > now) throw uploadBusy(claim.id);\n', ''],
    'the second is refused',
  ),
  room(
    'who was given up cannot store the object',
    'upload-record.ts',
    ['const upload = owned(current, id, writer);', 'const upload = current as Upload;'],
    'no sign of life',
  ),
  room(
    'who has lost an upload is told',
    'upload-lease.ts',
    ['if (error instanceof ObjectError) this.#lost.abort(error)', 'if (error === undefined) this.#lost.abort(error)'],
    'is told within its lease',
  ),
  room(
    'an upload goes on where it broke off and nowhere else',
    'upload-record.ts',
    ['  if (current.receivedBytes !== claim.offset) throw', '  if (current.receivedBytes < 0n) throw'],
    'an offset before',
  ),
  room(
    'of a part counts what lies before the next',
    'join-parts.ts',
    ['join.parts[index + 1]?.offset ?? join.sizeBytes', 'join.sizeBytes'],
    'broken off at',
  ),
  room(
    'an upload whose time is over is gone',
    'upload-record.ts',
    ['found !== undefined && found.expireTime > now ? found : undefined', 'found'],
    'gives up uploads',
  ),
  room(
    'the sweep leaves parts that are on record',
    'sweep-objects.ts',
    ["await index.unknownParts(callAside('', budgetMs), batch)", 'batch'],
    'removes parts that are on no record',
  ),
  fault('sweep-timer.spec.ts', 'nothing is removed for an index the bytes are not of', 'adapters/sweep-timer.ts', [
    'if (await bytes.areOf(',
    "if ((await index.identity(callAside('', budgetMs))) || await bytes.areOf(",
  ]),
  fault(
    'disk-objects.int.spec.ts',
    'a disk that failed is not asked again',
    'adapters/staged-file.ts',
    [
      '    if (this.#failure !== undefined) throw this.#failure;\n    try {',
      '    this.#failure = undefined;\n    try {',
    ],
    'trusts a disk',
  ),
  fault(
    'postgres-objects.int.spec.ts',
    'a part stays until its object is there',
    'adapters/staged-file.ts',
    [
      'await link(this.options.path, this.options.spare);\n    await rename(this.options.spare, target);',
      'await rename(this.options.path, target);',
    ],
    'goes on after the database was lost',
  ),
  fault(
    'postgres-objects.int.spec.ts',
    'an object and the step of its upload are one transaction',
    'adapters/postgres-objects.ts',
    ['      if (steps.upload) await stepUpload(session, call.tenant, steps.upload);\n', ''],
    'no sign of life',
  ),
  fault(
    'postgres-objects.int.spec.ts',
    'checksums are those of the bytes',
    'adapters/postgres-objects.ts',
    ['substring(block_checks for ${HASH_BYTES}) is distinct from sha256', 'block_checks is null'],
    'version before',
  ),
  {
    promise: 'tenants: the policy of uploads',
    spec: `${TEST}/tenancy/tenancy.int.spec.ts`,
    file: 'services/storage/migrations/0006_objects.sql',
    from: 'using (tenant = storage.current_tenant()) with check (tenant = storage.current_tenant())',
    to: 'using (true) with check (true)',
    test: 'a row of a tenant',
  },
  fault(
    'postgres-objects.int.spec.ts',
    'bytes that some object has are not dropped',
    'adapters/postgres-objects.ts',
    ['  if (held?.by_anyone !== false) return false;\n', ''],
    'keeps equal bytes once',
  ),
];
