// Stages bytes in the directory given, says so, and stays: to be killed in the middle of an upload.
import { DiskObjects } from '../src/adapters/disk-objects.ts';

const disk = new DiskObjects(process.argv[2] ?? '');
await disk.prepare();
const staged = await disk.stage();
await staged.write(Buffer.alloc(100_000));
process.stdout.write('staged\n');
// The timer holds the upload: a file nobody holds would be closed by the garbage collector.
setInterval(() => staged.sizeBytes, 1_000);
