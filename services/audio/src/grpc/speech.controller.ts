import { Controller, Inject } from '@nestjs/common';
import {
  SpeechServiceDefinition,
  type ListVoicesRequest,
  type ListVoicesResponse,
  type SynthesizeRequest,
  type SynthesizeResponse,
} from '@exempla/contracts/audio/v1/speech_service';
import { RpcMethod, type CallContext } from '@exempla/rpc';
import { listVoices, VoiceRegistry, type SynthesizeSpeech } from '../speech/index.ts';
import { fromSpeechPart, fromVoicePage, toSpeechRequest } from './mapping.ts';

/** Injection token of the use case. */
export const SYNTHESIZE_SPEECH = Symbol('synthesize-speech');

@Controller()
export class SpeechController {
  constructor(
    @Inject(SYNTHESIZE_SPEECH) private readonly synthesizeSpeech: SynthesizeSpeech,
    @Inject(VoiceRegistry) private readonly registry: VoiceRegistry,
  ) {}

  @RpcMethod(SpeechServiceDefinition, 'synthesize')
  async *synthesize(request: SynthesizeRequest, context: CallContext): AsyncGenerator<SynthesizeResponse, void> {
    for await (const part of this.synthesizeSpeech(toSpeechRequest(request), context)) yield fromSpeechPart(part);
  }

  @RpcMethod(SpeechServiceDefinition, 'listVoices')
  async listVoices(request: ListVoicesRequest): Promise<ListVoicesResponse> {
    return fromVoicePage(listVoices(this.registry.voices, request), this.registry.defaultVoice);
  }
}
