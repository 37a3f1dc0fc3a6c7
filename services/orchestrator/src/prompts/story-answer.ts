import { TITLE_LINE_MAX, titleIn } from './title-line.ts';

/** A story as a model told it, without what models put around one. */
export interface StoryAnswer {
  /** Empty when there was no line that could be one. */
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly summary: string;
  readonly companion: string;
  readonly place: string;
  /** Whether it came to the end that was asked for: the line behind the story. */
  readonly ended: boolean;
}

/** What is new in an answer. A title comes once, before any text. */
export interface AnswerPiece {
  readonly title: string;
  readonly text: string;
}

/** Between the title and the end of an answer: nothing of it is a title any more. */
const NOT_A_TITLE = 2 * TITLE_LINE_MAX;
const ENDING_MAX = 10_000;

const FENCE = /^\s*(?:```|~~~)/;
const RULE = /^\s*(?:[-*_=~–—•·]\s*){3,}$/;
const END_RULE = /^\s*={3,}\s*$/;
const ENDING = /^\s*[[{]\s*(?:"|$)/;
/** "Summary: …", in the place of JSON. */
const LABEL = /^\s*[*_"]*\p{L}{3,20}[*_"]*\s*[:：]/u;
const HEADING = /^\s*#{1,6}\s/;
const THINKING = /^\s*<think(?:ing)?>/i;
const THOUGHT = /<\/think(?:ing)?>/i;
/** "Sure! Here is a story about Mia." */
const PREFACE =
  /^[^\p{L}]*(?:(?:sure|certainly|of course|absolutely|okay|ok|gladly|конечно|хорошо|с удовольствием|natuurlijk|zeker|graag|natürlich|gerne?|bien sûr|claro)(?:[!.:]|,\s*(?:here|вот|hier|voici|aquí))|here(?:['’]s| is)(?!\p{L})[^\n]*\bstory\b)/iu;
const MARKS = /`+|(?<![\p{L}\p{N}*_])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?![\p{L}\p{N}*_])/gu;
/** Characters that no story has and no database takes; tabs and the ends of lines are spaces. */
const CONTROLS = /[^\P{Cc}\t\n\r]/gu;
/** A beginning of a line that may yet turn out to be no part of the story. */
const UNDECIDED = /^\s*(?:[#>{`~=]|(?:[-*_=~–—•·][-*_=~–—•·\s]*)?$)/;

const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(MARKS, '')
    .replace(/[^\S\n]+/g, ' ');

/**
 * Reads an answer as it comes: what is told on the way is word for word the story that it comes to. Prefaces, thoughts,
 * headings and marks of emphasis are left out; each line is a paragraph.
 */
export class AnswerReader {
  #part: 'head' | 'story' | 'ending' = 'head';
  /** What has come of a line and is not told yet. */
  #line = '';
  #isThinking = false;
  /** Whether something of the current line is told already. */
  #isOpen = false;
  /** Whether the line that stands in front of the ending was the last one. */
  #isRuledOff = false;
  #title = '';
  readonly #paragraphs: string[] = [];
  #ending = '';
  #fresh = { title: '', text: '' };

  /** What of the answer can be told now that `piece` is there. */
  read(piece: string): AnswerPiece {
    this.#line += piece.replace(CONTROLS, '');
    for (let at = this.#line.indexOf('\n'); at >= 0; at = this.#line.indexOf('\n')) {
      const line = this.#line.slice(0, at);
      this.#line = this.#line.slice(at + 1);
      this.#readLine(line);
    }
    if (this.#part === 'head' && !this.#isThinking && this.#line.length > NOT_A_TITLE && !THINKING.test(this.#line))
      this.#part = 'story';
    if (this.#part === 'story') this.#tellWords();
    return this.#take();
  }

  /** The rest, when nothing more comes. */
  end(): AnswerPiece {
    this.#readLine(this.#line);
    this.#line = '';
    return this.#take();
  }

  /** What it has come to. */
  get answer(): StoryAnswer {
    const ended = this.#part === 'ending' || this.#isRuledOff;
    return { title: this.#title, paragraphs: this.#paragraphs, ...endingIn(this.#ending), ended };
  }

  #take(): AnswerPiece {
    const fresh = this.#fresh;
    this.#fresh = { title: '', text: '' };
    return fresh;
  }

  #readLine(line: string): void {
    if (this.#part === 'ending') this.#readEnding(line);
    else if (this.#part === 'head') this.#readHead(line);
    else this.#readStory(line);
  }

  #readHead(whole: string): void {
    const line = this.#withoutThoughts(whole);
    const isLong = line.length > NOT_A_TITLE;
    if (line.trim() === '' || FENCE.test(line) || RULE.test(line) || (!isLong && isPreface(line))) return;
    this.#part = 'story';
    const title = isLong ? undefined : titleIn(line.toWellFormed());
    if (title === undefined || title.length > TITLE_LINE_MAX) return this.#readStory(line);
    this.#title = title;
    this.#fresh.title = title;
  }

  #withoutThoughts(line: string): string {
    this.#isThinking ||= THINKING.test(line);
    if (!this.#isThinking) return line;
    const thought = THOUGHT.exec(line);
    if (!thought) return '';
    this.#isThinking = false;
    return line.slice(thought.index + thought[0].length);
  }

  #readStory(line: string): void {
    if (this.#isOpen) {
      this.#tell(line.trimEnd());
      this.#isOpen = false;
    } else if (ENDING.test(line) || (this.#isRuledOff && LABEL.test(line))) {
      this.#part = 'ending';
      this.#readEnding(line);
    } else if (RULE.test(line)) this.#isRuledOff ||= END_RULE.test(line);
    else if (!(FENCE.test(line) || HEADING.test(line))) {
      this.#tell(line.replace(/^\s*>+/, '').trimEnd());
      this.#isOpen = false;
    }
  }

  #readEnding(line: string): void {
    if (this.#ending.length < ENDING_MAX) this.#ending += `${line.slice(0, ENDING_MAX)}\n`;
  }

  /** Whole words only: marks stand at their edges. */
  #tellWords(): void {
    if (!this.#isOpen && (this.#isRuledOff || UNDECIDED.test(this.#line))) return;
    const at = /\s\S*$/.exec(this.#line)?.index ?? 0;
    if (at === 0) return;
    this.#tell(this.#line.slice(0, at));
    this.#line = this.#line.slice(at);
  }

  #tell(words: string): void {
    const text = this.#isOpen ? plain(words) : plain(words).trimStart();
    if (text === '') return;
    // Whatever was ruled off goes on: the line was one between two scenes.
    this.#isRuledOff = false;
    if (this.#isOpen) this.#paragraphs[this.#paragraphs.length - 1] += text;
    this.#fresh.text += this.#isOpen || this.#paragraphs.length === 0 ? text : `\n\n${text}`;
    if (!this.#isOpen) this.#paragraphs.push(text);
    this.#isOpen = true;
  }
}

/** A line that ends with a colon announces what comes behind it. */
const isPreface = (line: string): boolean => /[:：]\s*[*_]*\s*$/u.test(line) || PREFACE.test(line);

const NOTHING = { summary: '', companion: '', place: '' };

function endingIn(ending: string): Pick<StoryAnswer, keyof typeof NOTHING> {
  const json = ending.slice(Math.max(0, ending.indexOf('{')), ending.lastIndexOf('}') + 1);
  let said: unknown;
  try {
    said = JSON.parse(json);
  } catch {
    // A story is none the worse for what stands behind it.
    return NOTHING;
  }
  const field = (name: keyof typeof NOTHING): string => {
    const value = (said as Partial<Record<string, unknown>>)[name];
    return typeof value === 'string' ? value.toWellFormed().replace(CONTROLS, '').replace(/\s+/g, ' ').trim() : '';
  };
  return { summary: field('summary'), companion: field('companion'), place: field('place') };
}
