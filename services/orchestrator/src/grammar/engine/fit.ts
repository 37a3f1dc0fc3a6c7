import type { Line, Paragraph } from './beat.ts';
import type { Dice } from './random.ts';

export interface Scene {
  readonly name: string;
  readonly paragraphs: readonly Paragraph[];
}

const sum = (lines: readonly Line[]): number => lines.reduce((total, line) => total + line.words, 0);
const linesOf = (scenes: readonly Scene[]): Line[] => scenes.flatMap((scene) => scene.paragraphs.flat());

/** Words of the scenes with nothing left out, and with everything left out that a story of some minutes can do without. */
export const fullLength = (scenes: readonly Scene[]): number => sum(linesOf(scenes));
export const leastLength = (scenes: readonly Scene[]): number => sum(linesOf(scenes).filter((line) => line.level < 1));

const LEVELS = [0.5, 1, 2, 3];
/** Shares of the wanted length: enough, and the most. */
const ENOUGH = 0.985;
const MOST = 1.05;

/** Lines in a row of one level: a question and its answer, say. They come in together or not at all. */
interface Unit {
  readonly scene: Scene;
  readonly level: number;
  readonly lines: readonly Line[];
}

function unitsOf(scene: Scene): Unit[] {
  return scene.paragraphs.flatMap((paragraph) => {
    const units: { scene: Scene; level: number; lines: Line[] }[] = [];
    for (const line of paragraph) {
      const last = units.at(-1);
      if (last?.level === line.level) last.lines.push(line);
      else units.push({ scene, level: line.level, lines: [line] });
    }
    return units;
  });
}

/**
 * Leaves out what does not fit: units of level 1 come in first, in every scene, then 2, then 3. Where one was left out,
 * none of a higher level comes in, since it may lean on it.
 */
export function fitted(scenes: readonly Scene[], wanted: number, dice: Dice): Scene[] {
  const kept = new Set(linesOf(scenes).filter((line) => line.level === 0));
  const closed = new Set<Scene>();
  let total = sum([...kept]);
  const units = scenes.flatMap(unitsOf);
  for (const level of LEVELS) {
    const open = units.filter((unit) => unit.level === level);
    for (const { scene, lines } of dice.shuffled(open)) {
      if (total >= wanted * ENOUGH) break;
      if (total + sum(lines) > wanted * MOST || closed.has(scene)) {
        closed.add(scene);
        continue;
      }
      for (const line of lines) kept.add(line);
      total += sum(lines);
    }
  }
  return scenes.map(({ name, paragraphs }) => ({
    name,
    paragraphs: paragraphs.map((lines) => lines.filter((line) => kept.has(line))).filter((lines) => lines.length > 0),
  }));
}
