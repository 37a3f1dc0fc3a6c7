/** An answer that came, and whose sound is of no use. */
export class SoundFault extends Error {
  readonly fault: 'empty' | 'incomplete' | 'malformed' | 'too large';

  constructor(fault: SoundFault['fault'], message: string) {
    super(message);
    this.fault = fault;
  }
}
