// `base form form`, parted by semicolons: the irregular words common enough to turn up in a definition.
const IRREGULAR = `
arise arose arisen; awake awoke awoken; be am is are was were been being; bear bore borne born; beat beaten; become became;
begin began begun; bend bent; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred;
bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen; cling clung; come came; creep crept;
deal dealt; die dying; dig dug; do does did done; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven;
dwell dwelt; eat ate eaten; fall fell fallen; feed fed; feel felt; fight fought; find found; flee fled; fling flung;
fly flew flown; forbid forbade forbidden; forget forgot forgotten; forgive forgave forgiven; freeze froze frozen;
get got gotten; give gave given; go goes went gone; grind ground; grow grew grown; hang hung; have has had; hear heard;
hide hid hidden; hold held; keep kept; kneel knelt; know knew known; lay laid; lead led; lean leant; leap leapt;
learn learnt; leave left; lend lent; lie lay lain lying; light lit; lose lost; make made; mean meant; meet met;
mistake mistook mistaken; overcome overcame; pay paid; prove proven; ride rode ridden; ring rang rung; rise rose risen;
run ran; say said; see saw seen; seek sought; sell sold; send sent; sew sewn; shake shook shaken; shine shone;
shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat; slay slew slain; sleep slept;
slide slid; sow sown; speak spoke spoken; speed sped; spell spelt; spend spent; spill spilt; spin spun; spit spat;
spoil spoilt; spring sprang sprung; stand stood; steal stole stolen; stick stuck; sting stung; stink stank stunk;
stride strode stridden; strike struck stricken; string strung; strive strove striven; swear swore sworn; sweep swept;
swell swollen; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told; think thought;
throw threw thrown; tie tying; tread trod trodden; undergo underwent undergone; understand understood;
undertake undertook undertaken; wake woke woken; wear wore worn; weave wove woven; weep wept; win won; wind wound;
withdraw withdrew withdrawn; withhold withheld; withstand withstood; wring wrung; write wrote written;
child children; man men; woman women; person people; foot feet; tooth teeth; goose geese; mouse mice; louse lice; ox oxen;
analysis analyses; axis axes; basis bases; crisis crises; diagnosis diagnoses; hypothesis hypotheses; oasis oases;
parenthesis parentheses; synthesis syntheses; thesis theses; criterion criteria; phenomenon phenomena; datum data;
medium media; bacterium bacteria; stratum strata; spectrum spectra; curriculum curricula; memorandum memoranda;
alumnus alumni; cactus cacti; fungus fungi; nucleus nuclei; radius radii; stimulus stimuli; locus loci; focus foci;
genus genera; corpus corpora; index indices; appendix appendices; matrix matrices; vertex vertices; vortex vortices;
formula formulae; larva larvae; antenna antennae; vertebra vertebrae; alga algae; nebula nebulae; die dice; penny pence;
calf calves; half halves; hoof hooves; knife knives; leaf leaves; life lives; loaf loaves; scarf scarves; self selves;
shelf shelves; thief thieves; wife wives; wolf wolves; elf elves; sheaf sheaves; wharf wharves; dwarf dwarves;
good better best; well better best; bad worse worst; ill worse worst; far farther further farthest furthest;
little less least; many more most; much more most; old elder eldest; late latter last`;

function readTable(table: string): ReadonlyMap<string, readonly string[]> {
  const bases = new Map<string, string[]>();
  for (const entry of table.split(';')) {
    const [base = '', ...forms] = entry.trim().split(/\s+/);
    for (const form of forms) bases.set(form, [...(bases.get(form) ?? []), base]);
  }
  return bases;
}

const BASES = readTable(IRREGULAR);

/** `ran` → `run`; none for a regular form. */
export const irregularBases = (form: string): readonly string[] => BASES.get(form) ?? [];
