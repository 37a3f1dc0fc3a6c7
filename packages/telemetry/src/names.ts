import { LATENCY_S, SIZE_BYTES, WAIT_S } from './metrics/boundaries.ts';

/** What a metric is called, counted in and about. `unit` is UCUM (https://ucum.org), as OpenTelemetry asks for. */
export interface MetricName {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  /** Upper limits of a histogram's buckets, ascending; what is larger than the last is counted too. */
  readonly boundaries?: readonly number[];
}

/**
 * Every metric there is: nothing is measured under a name that does not stand here. In Prometheus dots become underscores
 * and counters end with `_total`.
 */
export const METRICS = {
  serverStarted: {
    name: 'grpc.server.call.started',
    unit: '{call}',
    description: 'Calls that arrived, refused ones among them.',
  },
  serverDuration: {
    name: 'grpc.server.call.duration',
    unit: 's',
    description: 'From the arrival of a call until its status was decided.',
    boundaries: LATENCY_S,
  },
  serverSent: {
    name: 'grpc.server.call.sent_total_compressed_message_size',
    unit: 'By',
    description: 'Bytes of the messages a call answered with, without framing and headers.',
    boundaries: SIZE_BYTES,
  },
  serverReceived: {
    name: 'grpc.server.call.rcvd_total_compressed_message_size',
    unit: 'By',
    description: 'Bytes of the messages a call brought, without framing and headers.',
    boundaries: SIZE_BYTES,
  },
  clientDuration: {
    name: 'grpc.client.call.duration',
    unit: 's',
    description: 'From the start of a call until its caller had the status, retries included.',
    boundaries: LATENCY_S,
  },
  httpDuration: {
    name: 'http.server.request.duration',
    unit: 's',
    description: 'From the arrival of a request until its answer was sent or its client was gone.',
    boundaries: LATENCY_S,
  },
  credentialsRefused: {
    name: 'exempla.credentials.refused',
    unit: '{request}',
    description: 'Requests whose caller was not let in, by the reason they were told.',
  },
  serverInFlight: {
    name: 'exempla.server.in_flight',
    unit: '{call}',
    description: 'Calls under way; watches, which mostly wait, are not among them.',
  },
  serverInFlightLimit: {
    name: 'exempla.server.in_flight.limit',
    unit: '{call}',
    description: 'Calls that may be under way; one more is refused.',
  },
  serverWatches: {
    name: 'exempla.server.watches',
    unit: '{call}',
    description: 'Watches that are open.',
  },
  serverRefused: {
    name: 'exempla.server.refused',
    unit: '{call}',
    description: 'Calls refused because the server was full.',
  },
  serverServing: {
    name: 'exempla.server.serving',
    unit: '1',
    description: '1 while health says SERVING, else 0.',
  },
  loopLag: {
    name: 'exempla.loop.lag',
    unit: 's',
    description: 'How late the event loop turned, measured ten times a second.',
    boundaries: WAIT_S,
  },
  loopBlocks: {
    name: 'exempla.loop.blocks',
    unit: '{block}',
    description: 'Times the event loop stood still; the log says what held it.',
  },
  databaseConnections: {
    name: 'db.client.connection.count',
    unit: '{connection}',
    description: 'Connections of the pool by state.',
  },
  databaseConnectionsMax: {
    name: 'db.client.connection.max',
    unit: '{connection}',
    description: 'Connections the pool may open.',
  },
  databasePending: {
    name: 'db.client.connection.pending_requests',
    unit: '{request}',
    description: 'Calls that wait for a connection.',
  },
  databaseWait: {
    name: 'db.client.connection.wait_time',
    unit: 's',
    description: 'How long calls waited for a connection, those that got none among them.',
    boundaries: WAIT_S,
  },
  databaseTimeouts: {
    name: 'db.client.connection.timeouts',
    unit: '{timeout}',
    description: 'Calls that got no connection in time.',
  },
  objectsSwept: {
    name: 'exempla.objects.swept',
    unit: '{item}',
    description: 'What broken-off work left behind and was cleared up, by kind.',
  },
  eventsBatch: {
    name: 'exempla.events.append.batch_size',
    unit: '{event}',
    description: 'Events that were sent to the database in one transaction.',
    boundaries: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
  },
  eventsWaiting: {
    name: 'exempla.events.append.waiting',
    unit: '{event}',
    description: 'Events that wait for the next transaction.',
  },
  eventsSubscriptions: {
    name: 'exempla.events.subscriptions',
    unit: '{subscription}',
    description: 'Subscriptions that follow the log.',
  },
  speechBusy: {
    name: 'exempla.speech.workers.busy',
    unit: '{thread}',
    description: 'Threads that make sound now.',
  },
  speechWaiting: {
    name: 'exempla.speech.waiting',
    unit: '{piece}',
    description: 'Pieces of speech that wait for a thread.',
  },
  speechInFlight: {
    name: 'exempla.speech.in_flight',
    unit: '{request}',
    description: 'Requests under way at a provider of voices.',
  },
  speechInFlightLimit: {
    name: 'exempla.speech.in_flight.limit',
    unit: '{request}',
    description: 'Requests that a provider of voices is taken to bear at once, as it answers of late.',
  },
  speechTurns: {
    name: 'exempla.speech.turns.waiting',
    unit: '{request}',
    description: 'Requests that wait for their turn at a provider of voices.',
  },
  speechWait: {
    name: 'exempla.speech.wait_time',
    unit: 's',
    description: 'How long requests waited for their turn at a provider of voices.',
    boundaries: WAIT_S,
  },
  speechAttempts: {
    name: 'exempla.speech.attempts',
    unit: '{request}',
    description: 'Requests sent to a provider of voices, by how they ended: ok, left, or the reason of their error.',
  },
  soundLookups: {
    name: 'exempla.sounds.lookups',
    unit: '{lookup}',
    description: 'Narrations whose sound was looked for among those that are kept: hit, or miss.',
  },
  textInFlight: {
    name: 'exempla.text.in_flight',
    unit: '{request}',
    description: 'Requests under way at an upstream of texts.',
  },
  textInFlightLimit: {
    name: 'exempla.text.in_flight.limit',
    unit: '{request}',
    description: 'Requests that an upstream is taken to bear at once, as it answers of late; below 1 they are spaced.',
  },
  textWaiting: {
    name: 'exempla.text.waiting',
    unit: '{request}',
    description: 'Requests that wait for their turn at an upstream.',
  },
  textWait: {
    name: 'exempla.text.wait_time',
    unit: 's',
    description: 'How long requests waited for their turn at an upstream.',
    boundaries: WAIT_S,
  },
  textAttempts: {
    name: 'exempla.text.attempts',
    unit: '{request}',
    description: 'Requests sent to a model, by how they ended: ok, left, or the reason of their error.',
  },
  textInputTokens: {
    name: 'exempla.text.tokens.input',
    unit: '{token}',
    description: 'Tokens of what models were told.',
  },
  textOutputTokens: {
    name: 'exempla.text.tokens.output',
    unit: '{token}',
    description: 'Tokens of what models answered.',
  },
  textCost: {
    name: 'exempla.text.cost',
    unit: '{micro}',
    description: 'What answers cost, in millionths of the unit that prices are configured in.',
  },
  reservationsExpired: {
    name: 'exempla.budget.reservations.expired',
    unit: '{reservation}',
    description: 'Reservations that nobody settled in time: what was used for them is not counted.',
  },
  usageUnsettled: {
    name: 'exempla.budget.unsettled.cost',
    unit: '{micro}',
    description: 'What was used and could not be told to the budget, in millionths of the unit of prices.',
  },
  examplesAnswers: {
    name: 'exempla.examples.answers',
    unit: '{answer}',
    description: 'Answers of models to questions for examples, by whether they were made, kept from before, or shared.',
  },
  fallbacks: {
    name: 'exempla.fallbacks',
    unit: '{answer}',
    description: 'Answers that another provider gave since the first was out of order, by step, both, and the reason.',
  },
  processCpu: {
    name: 'process.cpu.time',
    unit: 's',
    description: 'CPU time the process used, by mode.',
  },
  processMemory: {
    name: 'process.memory.usage',
    unit: 'By',
    description: 'Physical memory the process has.',
  },
  heapUsed: {
    name: 'v8js.memory.heap.used',
    unit: 'By',
    description: 'Memory of the JavaScript heap in use.',
  },
} as const satisfies Record<string, MetricName>;

/** What values of one metric are told apart by. */
export const LABELS = {
  method: 'grpc.method',
  status: 'grpc.status',
  target: 'grpc.target',
  httpRoute: 'http.route',
  httpMethod: 'http.request.method',
  httpStatus: 'http.response.status_code',
  credentialReason: 'exempla.credential.reason',
  databaseState: 'db.client.connection.state',
  databasePool: 'db.client.connection.pool.name',
  sweptKind: 'exempla.swept.kind',
  speechUpstream: 'exempla.speech.upstream',
  speechModel: 'exempla.speech.model',
  speechOutcome: 'exempla.speech.outcome',
  soundLookup: 'exempla.sounds.lookup',
  textUpstream: 'exempla.text.upstream',
  textModel: 'exempla.text.model',
  textOutcome: 'exempla.text.outcome',
  answerOutcome: 'exempla.answer.outcome',
  fallbackStep: 'exempla.fallback.step',
  fallbackFrom: 'exempla.fallback.from',
  fallbackTo: 'exempla.fallback.to',
  fallbackReason: 'exempla.fallback.reason',
  cpuMode: 'cpu.mode',
} as const;

/** What spans carry beside the names OpenTelemetry prescribes; times are milliseconds. */
export const SPAN = {
  deadlineLeft: 'exempla.deadline.left_ms',
  deadlineRemaining: 'exempla.deadline.remaining_ms',
  requestId: 'exempla.request_id',
  tenant: 'exempla.tenant',
} as const;
