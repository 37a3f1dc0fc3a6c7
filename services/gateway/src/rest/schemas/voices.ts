import { Type } from 'typebox';
import { exactly, Language, NextPage, paging } from './parts.ts';

export const VoiceQuery = exactly({ ...paging, language: Type.Optional(Language) });
export const VoicePage = Type.Object({
  voices: Type.Array(
    Type.Object({
      name: Type.String(),
      provider: Type.String(),
      languages: Type.Array(Type.String()),
      sample_rate_hz: Type.Integer(),
      description: Type.String(),
      default: Type.Boolean(),
    }),
  ),
  next_page_token: NextPage,
});
