import { Type } from 'typebox';
import { exactly, NextPage, orNull, paging, Time } from './parts.ts';

const micros = (description: string) =>
  Type.Integer({ description: `${description}; millionths of the unit of prices.` });

export const UsageQuery = exactly(paging);
export const UsagePage = Type.Object({
  budget: Type.Object({
    limit_micros: orNull(micros('Null is no limit')),
    own_limit: Type.Boolean({ description: 'Set for this tenant; else the limit is that of all.' }),
    spent_micros: micros('Since start_time'),
    reserved_micros: micros('Set aside for calls under way'),
    lost_micros: micros('Set aside since start_time for calls that never said what they used'),
    start_time: Time,
    reset_time: Time,
  }),
  usage: Type.Array(
    Type.Object({
      day: Type.String({ format: 'date', description: 'In UTC.' }),
      model: Type.String(),
      answers: Type.Integer(),
      input_tokens: Type.Integer(),
      output_tokens: Type.Integer(),
      characters: Type.Integer({ description: 'That were spoken.' }),
      cost_micros: micros('What it cost'),
      estimated: Type.Boolean({ description: 'Some of it is counted in characters, four to a token.' }),
    }),
    { description: 'The newest day first.' },
  ),
  next_page_token: NextPage,
});
