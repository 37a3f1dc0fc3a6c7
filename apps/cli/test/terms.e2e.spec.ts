import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { createClient, openChannel } from '@exempla/rpc';
import { eventually } from '@exempla/testing';
import type { DemoReport } from '../src/demo/report.ts';
import { layoutOf } from '../src/speech/wav.ts';
import { run, workingDirectory } from './support.ts';
import { startTestMesh } from './test-mesh.ts';

/** Terms with the least number of kinds that must have items. */
const TERMS: [term: string, kinds: number][] = [
  ['entropy', 4],
  ['contract', 3],
  ['river', 4],
  ['running', 3],
  ['went', 3],
  ['children', 4],
  ['power of attorney', 3],
];
const FRAME_MS = 20;
const LOUD = 10 ** (-35 / 20);

/** Share of 20 ms frames whose level (RMS) is above −35 dBFS; 16-bit mono. */
function loudShare(wav: Buffer): number {
  const { dataAt, bytesPerSecond } = layoutOf(wav)!;
  const frameBytes = (bytesPerSecond * FRAME_MS) / 1000;
  const levels: number[] = [];
  for (let at = dataAt; at + frameBytes <= wav.length; at += frameBytes) {
    let power = 0;
    for (let i = at; i < at + frameBytes; i += 2) power += (wav.readInt16LE(i) / 32_768) ** 2;
    levels.push(Math.sqrt((power * 2) / frameBytes));
  }
  return levels.filter((level) => level > LOUD).length / levels.length;
}

describe('npm run demo -- --json --term', () => {
  it.each(TERMS)(
    '%s: at least %i kinds with items, each from a synset, and speech one can hear',
    async (term, kinds) => {
      await using directory = await workingDirectory();
      const program = run('demo', ['--json', '--term', term, '--deadline', '60s'], { cwd: directory.path });
      const { code } = await program.ended;
      expect({ code, stderr: code === 0 ? '' : program.stderr() }).toEqual({ code: 0, stderr: '' });
      const report = JSON.parse(program.stdout()) as DemoReport;
      const filled = Object.values(report.examples).filter(({ items }) => items.length > 0);
      expect(filled.length).toBeGreaterThanOrEqual(kinds);
      for (const { source } of filled.flatMap(({ items }) => items)) expect(source).toMatch(/^wordnet:[nvars]\d{8}$/);

      const wav = await readFile(join(directory.path, report.audio!.file));
      const expected = (report.audio!.text.split(/\s+/).length / 150) * 60;
      expect(report.audio!.seconds / expected).toBeGreaterThan(0.6);
      expect(report.audio!.seconds / expected).toBeLessThan(1.4);
      expect(loudShare(wav)).toBeGreaterThanOrEqual(0.4);
    },
  );
});

it('the first 100 ms of a narration are sent before its last sentence is begun', async () => {
  await using mesh = await startTestMesh();
  const channel = openChannel(mesh.addressOf('orchestrator'));
  const orchestrator = createClient(DefinitionServiceDefinition, channel);
  await orchestrator.generateDefinition({ term: 'river', narrate: true }, { timeoutMs: 60_000 });
  channel.close();
  const said = () => mesh.lines.map(({ json }) => json).find((line) => line?.['event'] === 'speech');
  await eventually('the line about the speech has come', () => said() !== undefined);
  const speech = said()!;
  expect(speech['sentences']).toBeGreaterThanOrEqual(3);
  expect(speech['spokenAtFirstSound']).toBeLessThan(speech['sentences'] as number);
  expect(speech['spoken']).toBe(speech['sentences']);
});
