import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { WordnetProvider } from '../src/adapters/wordnet-provider.ts';
import { defineRequest, providerCall } from './requests.ts';

// Read by a person and found good. A change here is a change of what people read.
const calm = providerCall();
let provider: WordnetProvider;

beforeAll(async () => {
  provider = await WordnetProvider.start();
});
afterAll(() => provider.close());

it.each([
  ['river', 'a large natural stream of water, larger than a creek'],
  ['entropy', 'a numerical measure of the uncertainty of an outcome'],
  ['contract', 'a binding agreement between two or more persons that is enforceable by law'],
  ['children', 'a young person of either sex'],
  ['power of attorney', "a legal instrument authorizing someone to act as the grantor's agent"],
  ['dog', 'a member of the genus Canis that has been domesticated by man since prehistoric times'],
  ['goldfish', 'one of the small golden or orange-red freshwater fishes of Eurasia used as pond or aquarium fishes'],
  ['theft', 'the act of taking something from someone unlawfully'],
  ['fording', 'the act of crossing a stream or river by wading or in a car or on a horse'],
  ['swim', 'to travel through water'],
  ['quickly', 'with speed'],
  ['Paris', 'the capital and largest city of France'],
  [
    'whale',
    'any of the larger cetacean mammals having a streamlined body and breathing through a blowhole on the head',
  ],
  ['water', 'a binary compound that occurs at room temperature as a clear colorless odorless tasteless liquid'],
  ['scenic', 'having beautiful natural scenery'],
])('%s is defined as it should be', async (term, text) => {
  expect((await provider.define(defineRequest(term), calm)).text).toBe(text);
});

it('interest is what a bank charges when the context is banking', async () => {
  const context = { organisational: ['banking'], juridical: [], legalBasis: [] };
  const { text } = await provider.define(defineRequest('interest', { context }), calm);
  expect(text).toBe('a fixed charge for borrowing money');
});

it('another name for money is no kind of it', async () => {
  const request = { ...defineRequest('money'), definition: '', wanted: 5 };
  for (const kind of ['PRACTICAL', 'EXPLANATION'] as const) {
    const { items } = await provider.generate(kind, request, calm);
    expect(items.map(({ text }) => text).join(' ')).not.toMatch(/boodle|informal terms/);
  }
});

it.each([
  [
    'river',
    'A river is a large natural stream of water, larger than a creek. It differs from a brook, which is a natural stream of ' +
      'water smaller than a river, and from a branch, which is a stream or river connected to a larger one. Known examples are ' +
      'the Red River, the Hudson River and the Mississippi River. Its parts include a waterfall, an estuary and a rapid. It is part of a water system.',
  ],
  [
    'child',
    'A child is a young person of either sex. A child is a kind of juvenile. A child differs from an adolescent, who is a ' +
      'juvenile between the onset of puberty and maturity, and from an ingenue, who is an artless innocent young girl. Kinds of ' +
      'child include orphan, urchin and bairn.',
  ],
  [
    'scissors',
    'Scissors are an edge tool having two crossed pivoting blades. They differ from a knife, which is an edge tool used as a ' +
      'cutting instrument, and from a chisel, which is an edge tool with a flat steel blade with a cutting edge. Their kinds ' +
      'include clipper, shears and snuffers. One of their parts is a blade.',
  ],
  [
    'empirical',
    '“Empirical” means “derived from experiment and observation rather than theory”. Near it stand “a posteriori”, which means ' +
      '“requiring evidence for validation or support”, and “confirmable”, which means “capable of being tested by experiment or ' +
      'observation”. Opposed to it is “theoretical”.',
  ],
])('%s is explained as it should be', async (term, text) => {
  const request = { ...defineRequest(term), definition: '', wanted: 1 };
  expect((await provider.generate('EXPLANATION', request, calm)).items[0]?.text).toBe(text);
});

it.each([
  ['bat', /^a nocturnal mouselike mammal /],
  ['crane', /^a large long-necked wading bird /],
  ['hammer', /^a hand tool /],
  ['neighbour', /^a person who lives near another$/],
  ['chess', /^a board game /],
  ['cherry', /^one of several trees /],
  ['freedom', /^the power to act /],
])('%s is the thing people look up, not by a word of the same root', async (term, text) => {
  expect((await provider.define(defineRequest(term), calm)).text).toMatch(text);
});

it.each([
  ['COUNTER', 'black hole', /\b[Ss]pace\b/, /\b(?:county|distance|side) is/],
  ['COUNTER', 'house', /^A /, /fixer-upper|messuage/],
  ['COUNTER', 'spring', /^Summer is not spring: /, /a spring|A summer/],
  ['COUNTER', 'atom', /not an atom/, /not atom/],
  ['COUNTER', 'moon', /not the Moon/, /not Moon/],
  ['COUNTER', 'inflation', /^Deflation is /, /^An? d(?:e|isin)flation/m],
  ['COUNTER', 'power of attorney', /a legal document/, /is legal document/],
  ['PRACTICAL', 'bread', /^A cracker is /m, /^Cracker/m],
  ['PRACTICAL', 'bat', /a bat typically having large ears/, /one of the typically/],
  ['PRACTICAL', 'vaccine', /a combination vaccine/, /abbreviation for/],
  ['PRACTICAL', 'duck', /drake/, /child's word/],
  ['PRACTICAL', 'watch', /To observe is/, /^To watch is one way to do it/m],
  ['PRACTICAL', 'trust', /rely on/, / in\.$/m],
  ['SENTENCE', 'happy', /They spent many happy days/, /^Spent/m],
] as const)('%s of %s says what it should, and not what it said once', async (kind, term, says, not) => {
  const { items } = await provider.generate(kind, { ...defineRequest(term), definition: '', wanted: 5 }, calm);
  const said = items.map(({ text }) => text).join('\n');
  expect(said).toMatch(says);
  expect(said).not.toMatch(not);
});

it('counter-examples give their reason', async () => {
  const request = { ...defineRequest('river'), definition: '', wanted: 3 };
  const { items } = await provider.generate('COUNTER', request, calm);
  expect(items.map(({ text }) => text)).toEqual([
    'A brook is not a river: it is a natural stream of water smaller than a river.',
    'A branch is not a river: it is a stream or river connected to a larger one.',
    'A headstream is not a river: it is a stream that forms the source of a river.',
  ]);
});

it.each([
  ['PRACTICAL', 'mother', /\b(?:ma|mater)\b/i],
  ['EXPLANATION', 'mother', /\b(?:ma|mater)\b/i],
  ['EXPLANATION', 'love', /words for it are to love/],
] as const)('%s of %s has no other name for it as a kind', async (kind, term, not) => {
  const { items } = await provider.generate(kind, { ...defineRequest(term), definition: '', wanted: 5 }, calm);
  expect(items.map(({ text }) => text).join(' ')).not.toMatch(not);
});

it('a verb is shown by whole sentences, and by each of its kinds once', async () => {
  const textsOf = async (kind: 'PRACTICAL' | 'EXPLANATION' | 'COUNTER', term: string): Promise<string> => {
    const { items } = await provider.generate(kind, { ...defineRequest(term), definition: '', wanted: 9 }, calm);
    return items.map(({ text }) => text).join('\n');
  };
  // WordNet says `run faster than` of outrun, `grant a pardon to` of pardon, `forgive` of remit.
  expect(await textsOf('PRACTICAL', 'run')).toContain('To sprint is one way to do it: to run very fast');
  expect(await textsOf('PRACTICAL', 'run')).not.toMatch(/ (?:than|to|for|of|on|with)\.$/m);
  expect(await textsOf('PRACTICAL', 'forgive')).toBe('To absolve is one way to do it: to let off the hook.');
  expect(await textsOf('EXPLANATION', 'forgive')).not.toMatch(/to excuse and to excuse/);
});

it('what a term is said to be is no counter-example of it', async () => {
  const request = { ...defineRequest('photosynthesis'), definition: '', wanted: 9 };
  const { items } = await provider.generate('COUNTER', request, calm);
  expect(items.map(({ text }) => text)).not.toContainEqual(expect.stringMatching(/^Synthesis is not photosynthesis/));
  expect(items.length).toBeGreaterThan(2);
});

it('entropy differs from bandwidth, which nobody counts', async () => {
  const request = { ...defineRequest('entropy'), definition: '', wanted: 3 };
  const { items } = await provider.generate('COUNTER', request, calm);
  expect(items[0]?.text).toBe('Bandwidth is not entropy: it is a data transmission rate.');
});

it('a policy is one kind of contract', async () => {
  const context = { organisational: [], juridical: ['civil law'], legalBasis: [] };
  const request = { ...defineRequest('contract', { context }), definition: '', wanted: 3 };
  const { items } = await provider.generate('PRACTICAL', request, calm);
  expect(items[0]?.text).toBe('A policy is one kind: a written contract or certificate of insurance.');
});
