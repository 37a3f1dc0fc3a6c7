import { Controller, Inject } from '@nestjs/common';
import {
  SpeechServiceDefinition,
  type DescribeSpeechRequest,
  type DescribeSpeechResponse,
  type ListVoicesRequest,
  type ListVoicesResponse,
  type SynthesizeRequest,
  type SynthesizeResponse,
} from '@exempla/contracts/audio/v1/speech_service';
import { RpcMethod, type CallContext } from '@exempla/rpc';
import { listVoices, VoiceRegistry, type DescribeSpeech, type SynthesizeSpeech } from '../speech/index.ts';
import { fromSpeechHeader, fromSpeechPart, fromVoicePage, toSpeechRequest } from './mapping.ts';

/** Injection tokens of the use cases. */
export const SYNTHESIZE_SPEECH = Symbol('synthesize-speech');
export const DESCRIBE_SPEECH = Symbol('describe-speech');

@Controller()
export class SpeechController {
  constructor(
    @Inject(SYNTHESIZE_SPEECH) private readonly synthesizeSpeech: SynthesizeSpeech,
    @Inject(DESCRIBE_SPEECH) private readonly describe: DescribeSpeech,
    @Inject(VoiceRegistry) private readonly registry: VoiceRegistry,
  ) {}

  @RpcMethod(SpeechServiceDefinition, 'synthesize')
  async *synthesize(request: SynthesizeRequest, context: CallContext): AsyncGenerator<SynthesizeResponse, void> {
    for await (const part of this.synthesizeSpeech(toSpeechRequest(request), context)) yield fromSpeechPart(part);
  }

  @RpcMethod(SpeechServiceDefinition, 'describeSpeech')
  async describeSpeech({ speech }: DescribeSpeechRequest, context: CallContext): Promise<DescribeSpeechResponse> {
    // Validated: it is there.
    const header = this.describe(toSpeechRequest(speech!), context.tenant);
    return { header: fromSpeechHeader(header) };
  }

  @RpcMethod(SpeechServiceDefinition, 'listVoices')
  async listVoices(request: ListVoicesRequest): Promise<ListVoicesResponse> {
    return fromVoicePage(listVoices(this.registry.voices, request), this.registry.defaultVoice);
  }
}
