// Takes the options of espeak-ng and beeps: a word is a tenth of a second. What it is told to do, it does instead.
import { writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

const RATE = 22_050;
const argv = process.argv.slice(2);
const option = (name) => argv[argv.indexOf(name) + 1];

if (argv.includes('--voices')) {
  process.stdout.write(`Pty Language       Age/Gender VoiceName          File                 Other Languages
 5  nl              --/M      Dutch              gmw/nl
 2  en-gb           --/M      English_(Great_Britain) gmw/en               (en 2)
 3  en-us           --/M      English_(America)  gmw/en-US            (en 3)
 5  fr-be           --/M      French_(Belgium)   roa/fr-BE            (fr 8)
 5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
`);
} else {
  await speak(await text(process.stdin));
}

async function speak(words) {
  const [command, path] = words.split(' ');
  if (command === 'crash') {
    process.stderr.write('out of order\n');
    process.exit(3);
  }
  if (command === 'html') return process.stdout.write('<!doctype html>');
  if (command === 'nothing') return;
  process.stdout.write(header());
  if (command === 'hang') {
    writeFileSync(path, String(process.pid));
    process.stdout.write(samples(0.1));
    return setInterval(() => {}, 1_000);
  }
  if (command === 'die') {
    process.stdout.write(samples(0.1), () => process.kill(process.pid, 'SIGKILL'));
    return;
  }
  if (command === 'environment') writeFileSync(path, JSON.stringify({ argv, env: process.env }));
  const seconds = command === 'long' ? Number(path) : words.split(' ').length / 10;
  process.stdout.write(samples((seconds * 175) / Number(option('-s'))));
}

function samples(seconds) {
  const pcm = new Int16Array(Math.round(seconds * RATE));
  for (let i = 0; i < pcm.length; i += 1) pcm[i] = Math.round(8_000 * Math.sin((i * 440 * 2 * Math.PI) / RATE));
  return new Uint8Array(pcm.buffer);
}

/** As espeak-ng writes it: lengths that are not known. */
function header() {
  const bytes = Buffer.alloc(44);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(0x7ffff024, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(0x7ffff000, 40);
  return bytes;
}
