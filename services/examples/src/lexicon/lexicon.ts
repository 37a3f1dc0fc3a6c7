import type { Dictionary } from '../dictionary/index.ts';
import type { DefinedTerm, DefineRequest, ExampleKind, Found, KindRequest, TermRequest } from '../examples/index.ts';
import { antonyms } from './antonym.ts';
import { chooseSense } from './choose-sense.ts';
import type { ChosenSense } from './choose-sense.ts';
import { counterExamples } from './counter.ts';
import { defineSense, redefineSense } from './define.ts';
import { explanation } from './explanation.ts';
import { findSenses } from './find-senses.ts';
import type { MakeKind } from './kind.ts';
import { practicalCases } from './practical.ts';
import { sentences } from './sentence.ts';
import { synonyms } from './synonym.ts';

const MAKERS: Readonly<Record<ExampleKind, MakeKind>> = {
  SENTENCE: sentences,
  PRACTICAL: practicalCases,
  COUNTER: counterExamples,
  SYNONYM: synonyms,
  ANTONYM: antonyms,
  EXPLANATION: explanation,
};

/** Definitions and examples out of a dictionary. Pure: the same request always has the same answer. */
export class Lexicon {
  readonly #dictionary: Dictionary;

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
  }

  define(request: DefineRequest): DefinedTerm {
    const { found, sense, reason, others } = this.#choose(request);
    const { organisational, juridical, legalBasis } = request.context;
    const context = [...organisational, ...juridical, ...legalBasis];
    const text =
      request.improveText === ''
        ? defineSense(this.#dictionary, found, context)
        : redefineSense(this.#dictionary, found, context, request.improveText);
    return { text, sense, reason, others };
  }

  generate(kind: ExampleKind, request: KindRequest): Found {
    const { found } = this.#choose(request);
    return MAKERS[kind]({ dictionary: this.#dictionary, found, wanted: request.wanted });
  }

  #choose(request: TermRequest): ChosenSense {
    return chooseSense(this.#dictionary, findSenses(this.#dictionary, request.term), request);
  }
}
