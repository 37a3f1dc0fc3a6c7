import {
  type DefineTermRequest,
  type DefineTermResponse,
  ExampleServiceDefinition,
  type GenerateExamplesRequest,
  type GenerateExamplesResponse,
  type GetCapabilitiesRequest,
  type GetCapabilitiesResponse,
  type StreamExamplesRequest,
  type StreamExamplesResponse,
} from '@exempla/contracts/examples/v1/example_service';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import { Controller, Inject } from '@nestjs/common';
import { type Providers, defineTerm, generateExamples, streamExamples } from '../examples/index.ts';
import {
  fromDefined,
  fromExamples,
  fromPart,
  fromProviders,
  toBudget,
  toDefineRequest,
  toExamplesRequest,
} from './mapping.ts';

/** The providers: `Providers` of the room. */
export const EXAMPLE_PROVIDERS = Symbol('example providers');

@Controller()
export class ExampleController {
  constructor(@Inject(EXAMPLE_PROVIDERS) private readonly providers: Providers) {}

  @RpcMethod(ExampleServiceDefinition, 'defineTerm')
  async defineTerm(request: DefineTermRequest, context: CallContext): Promise<DefineTermResponse> {
    return fromDefined(await defineTerm(this.providers)(toDefineRequest(request), toBudget(context)));
  }

  @RpcMethod(ExampleServiceDefinition, 'generateExamples')
  async generateExamples(request: GenerateExamplesRequest, context: CallContext): Promise<GenerateExamplesResponse> {
    return fromExamples(await generateExamples(this.providers)(toExamplesRequest(request), toBudget(context)));
  }

  @RpcMethod(ExampleServiceDefinition, 'streamExamples')
  async *streamExamples(
    { request }: StreamExamplesRequest,
    context: CallContext,
  ): AsyncGenerator<StreamExamplesResponse> {
    // The rules of the proto require `request`: it is there.
    const asked = toExamplesRequest(request as GenerateExamplesRequest);
    for await (const part of streamExamples(this.providers)(asked, toBudget(context))) yield fromPart(part);
  }

  @RpcMethod(ExampleServiceDefinition, 'getCapabilities')
  async getCapabilities(_request: GetCapabilitiesRequest): Promise<GetCapabilitiesResponse> {
    return Promise.resolve(fromProviders(this.providers));
  }
}
