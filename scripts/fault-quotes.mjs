// What check:properties takes away is there: it would be noticed only when the sample of the day has it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROPERTY_FAULTS } from './faults/properties.mjs';

export async function checkFaultQuotes(root) {
  const paths = [...new Set(PROPERTY_FAULTS.flatMap(({ file, spec }) => [file, spec]))];
  const texts = new Map(await Promise.all(paths.map(async (path) => [path, await textOf(join(root, path))])));
  return PROPERTY_FAULTS.flatMap(({ promise, file, from, spec }) => [
    ...(texts.get(file)?.includes(from) ? [] : [finding(file, `does not hold what is taken away for "${promise}"`)]),
    ...(texts.get(spec) === undefined ? [finding(spec, `is not there, and guards "${promise}"`)] : []),
  ]);
}

const finding = (file, message) => ({ file, line: 1, message });

async function textOf(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
