import type { PartOfSpeech } from './types.ts';

/** `base past participle`, or `base past` where both are the same; `/` parts several forms. */
const VERBS = `
abide abode; arise arose arisen; awake awoke awoken; backbite backbit backbitten; be was/were/am/is/are/being been; bear bore born/borne;
beat beat beaten; become became become; befall befell befallen; beget begot/begat begotten; begin began begun; behold beheld; bend bent;
bereave bereft; beseech besought; beset beset; bespeak bespoke bespoken; bestride bestrode bestridden; bet bet; bid bade bidden; bind bound;
bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; broadcast broadcast; browbeat browbeat browbeaten;
build built; burn burnt; burst burst; buy bought; cast cast; catch caught; choose chose chosen; cleave clove/cleft cloven; cling clung;
clothe clad; come came come; cost cost; creep crept; cut cut; deal dealt; die dying; dig dug; do did/does done; draw drew drawn; dream dreamt;
drink drank drunk; drive drove driven; dwell dwelt; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found;
flee fled; fling flung; fly flew flown; forbear forbore forborne; forbid forbade/forbad forbidden; forecast forecast; foresee foresaw foreseen;
foretell foretold; forget forgot forgotten; forgive forgave forgiven; forgo forwent forgone; forsake forsook forsaken; forswear forswore forsworn;
freeze froze frozen; get got gotten; gild gilt; give gave given; go went/goes gone; grind ground; grow grew grown; hamstring hamstrung; hang hung;
have had/has; hear heard; heave hove; hew hewed hewn; hide hid hidden; hit hit; hold held; hurt hurt; inlay inlaid; interweave interwove interwoven;
keep kept; kneel knelt; knit knit; know knew known; lade laded laden; lay laid; lead led; lean leant; leap leapt; learn learnt; leave left;
lend lent; let let; lie lay lain/lying; light lit; lose lost; make made; mean meant; meet met; mimic mimicked/mimicking; misdeal misdealt;
mislay mislaid; mislead misled; misread misread; misspell misspelt; mistake mistook mistaken; misunderstand misunderstood; mow mowed mown;
offset offset; outbid outbid; outdo outdid outdone; outgrow outgrew outgrown; outrun outran outrun; outsell outsold; outshine outshone;
outwear outwore outworn; overcome overcame overcome; overdo overdid overdone; overdraw overdrew overdrawn; overeat overate overeaten;
overfeed overfed; overhang overhung; overhear overheard; overlay overlaid; overlie overlay overlain; override overrode overridden;
overrun overran overrun; oversee oversaw overseen; overshoot overshot; oversleep overslept; overtake overtook overtaken;
overthrow overthrew overthrown; overwrite overwrote overwritten; panic panicked/panicking; partake partook partaken; pay paid; picnic picnicked/picnicking;
plead pled; prove proved proven; put put; quit quit; read read; rebind rebound; rebuild rebuilt; redo redid redone; remake remade; rend rent;
repay repaid; resell resold; reset reset; retake retook retaken; retell retold; rethink rethought; rewind rewound; rewrite rewrote rewritten;
rid rid; ride rode ridden; ring rang rung; rise rose risen; run ran run; saw sawed sawn; say said; see saw seen; seek sought; sell sold; send sent;
set set; sew sewed sewn; shake shook shaken; shear shore shorn; shed shed; shine shone; shoe shod; shoot shot; show showed shown;
shrink shrank shrunk; shrive shrove shriven; shut shut; sing sang sung; sink sank sunk; sit sat; slay slew slain; sleep slept; slide slid;
sling slung; slink slunk; slit slit; smell smelt; smite smote smitten; sow sowed sown; speak spoke spoken; speed sped; spell spelt; spend spent;
spill spilt; spin spun; spit spat; split split; spoil spoilt; spread spread; spring sprang sprung; stand stood; stave stove; steal stole stolen;
stick stuck; sting stung; stink stank stunk; strew strewed strewn; stride strode stridden; strike struck stricken; string strung; strive strove striven;
swear swore sworn; sweep swept; swell swelled swollen; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told;
think thought; thrive throve thriven; throw threw thrown; thrust thrust; tie tying; traffic trafficked/trafficking; tread trod trodden;
unbend unbent; unbind unbound; undergo underwent undergone; underlie underlay underlain; underpay underpaid; understand understood;
undertake undertook undertaken; underwrite underwrote underwritten; undo undid undone; unwind unwound; uphold upheld; upset upset; vie vying;
wake woke woken; waylay waylaid; wear wore worn; weave wove woven; wed wed; weep wept; wet wet; win won; wind wound; withdraw withdrew withdrawn;
withhold withheld; withstand withstood; wring wrung; write wrote written; frolic frolicked/frolicking; mimeograph mimeographed; outfight outfought;
belie belying; untie untying; underfeed underfed; unlearn unlearnt; outride outrode outridden; outspend outspent; foreknow foreknew foreknown; gainsay gainsaid`;

/** `plural singular`. */
const NOUNS = `
addenda addendum; alumnae alumna; alumni alumnus; analyses analysis; antennae antenna; antitheses antithesis; aphides aphis; apices apex; appendices appendix;
aquaria aquarium; automata automaton; axes axis; axes axe; bacilli bacillus; bacteria bacterium; bases basis; bases base; beaux beau; beeves beef; brethren brother;
bureaux bureau; cacti cactus; calves calf; catharses catharsis; chateaux chateau; cherubim cherub; children child; codices codex; corpora corpus;
crises crisis; criteria criterion; curricula curriculum; data datum; desiderata desideratum; diagnoses diagnosis; dice die; dwarves dwarf;
elves elf; ellipses ellipsis; ellipses ellipse; emphases emphasis; epochs epoch; errata erratum; feet foot; foci focus; formulae formula; fungi fungus; ganglia ganglion;
geese goose; genera genus; genii genius; gentlemen gentleman; halves half; helices helix; hippopotami hippopotamus; hooves hoof; hypotheses hypothesis;
indices index; kibbutzim kibbutz; kine cow; knives knife; larvae larva; leaves leaf; lice louse; lives life; loaves loaf; loci locus; maxima maximum; media medium;
memoranda memorandum; men man; metamorphoses metamorphosis; mice mouse; millennia millennium; minima minimum; moratoria moratorium; nebulae nebula; neuroses neurosis;
noumena noumenon; nuclei nucleus; oases oasis; octopi octopus; opera opus; ova ovum; oxen ox; paralyses paralysis; parentheses parenthesis; passersby passerby;
pence penny; people person; phenomena phenomenon; phyla phylum; plateaux plateau; prognoses prognosis; psychoses psychosis; quanta quantum; quizzes quiz; radii radius;
referenda referendum; scarves scarf; selves self; septa septum; seraphim seraph; sheaves sheaf; shelves shelf; spectra spectrum; stadia stadium; staves staff; stigmata stigma;
stimuli stimulus; strata stratum; syllabi syllabus; symposia symposium; synopses synopsis; synapses synapse; syntheses synthesis; tableaux tableau; teeth tooth; theses thesis;
thieves thief; tibiae tibia; trousseaux trousseau; turves turf; vertebrae vertebra; vertices vertex; viscera viscus; vitae vita; vortices vortex; wharves wharf;
wives wife; wolves wolf; women woman; yourselves yourself; busses bus; gasses gas; buses bus; gases gas; lenses lens;
atria atrium; bronchi bronchus; candelabra candelabrum; consortia consortium; crania cranium; dicta dictum; emporia emporium; equilibria equilibrium; femora femur;
gymnasia gymnasium; honoraria honorarium; hypothalami hypothalamus; interregna interregnum; maria mare; matrices matrix; mitochondria mitochondrion; narcissi narcissus;
papillae papilla; papyri papyrus; polyhedra polyhedron; protozoa protozoan; pupae pupa; rostra rostrum; sanatoria sanatorium; schemata schema; sera serum; spermatozoa spermatozoon;
stamina stamen; taxa taxon; termini terminus; thrombi thrombus; tori torus; trivia trivium; tumuli tumulus; ultimata ultimatum; uteri uterus; vacua vacuum; villi villus;
algae alga; amoebae amoeba; corollae corolla; lacunae lacuna; minutiae minutia; nymphae nympha; patellae patella; retinae retina; supernovae supernova; ulnae ulna;
mothers-in-law mother-in-law; fathers-in-law father-in-law; sons-in-law son-in-law; brothers-in-law brother-in-law; sisters-in-law sister-in-law; attorneys-general attorney-general; courts-martial court-martial; hangers-on hanger-on; lookers-on looker-on; runners-up runner-up; men-of-war man-of-war; mongooses mongoose; cloths cloth; handkerchieves handkerchief; kerchieves kerchief; midwives midwife; housewives housewife; penknives penknife; werewolves werewolf; bookshelves bookshelf; cloverleaves cloverleaf; dormice dormouse; woodlice woodlouse; eyeteeth eyetooth; forefeet forefoot; mongeese mongoose; grandchildren grandchild; stepchildren stepchild; schoolchildren schoolchild; godchildren godchild; tradespeople tradesperson; salespeople salesperson; townspeople townsperson`;

/** `form base`. */
const ADJECTIVES = `
better good; better well; best good; best well; worse bad; worst bad; worse ill; worst ill; farther far; farthest far; further far; furthest far; more much; more many; most much;
most many; less little; least little; elder old; eldest old; lesser little; nearest near; latter late; last late; utmost out; outermost outer; innermost inner; shyer shy; shyest shy; drier dry; driest dry; wryer wry; slyer sly; slyest sly`;

const ADVERBS = `
better well; best well; worse badly; worst badly; worse ill; worst ill; farther far; farthest far; further far; furthest far; more much; most much; less little; least little; sooner soon; soonest soon;
faster fast; fastest fast; harder hard; hardest hard; longer long; longest long; earlier early; earliest early; later late; latest late; nearer near; nearest near`;

type Forms = Map<string, string[]>;

const entries = (text: string): string[][] =>
  text
    .split(';')
    .map((entry) => entry.trim().split(/\s+/))
    .filter((entry) => entry.length > 1);

function add(forms: Forms, form: string, base: string): void {
  const bases = forms.get(form) ?? [];
  if (!bases.includes(base)) forms.set(form, [...bases, base]);
}

function verbForms(): Forms {
  const forms: Forms = new Map();
  for (const [base = '', ...inflected] of entries(VERBS)) {
    for (const form of inflected.flatMap((cell) => cell.split('/'))) if (form !== base) add(forms, form, base);
  }
  return forms;
}

function pairs(text: string): Forms {
  const forms: Forms = new Map();
  for (const [form = '', base = ''] of entries(text)) add(forms, form, base);
  return forms;
}

const FORMS: Readonly<Record<PartOfSpeech, Forms>> = {
  noun: pairs(NOUNS),
  verb: verbForms(),
  adjective: pairs(ADJECTIVES),
  adverb: pairs(ADVERBS),
};

/** Base forms of an irregular form; empty for every other word. */
export const irregularBases = (form: string, pos: PartOfSpeech): readonly string[] => FORMS[pos].get(form) ?? [];
