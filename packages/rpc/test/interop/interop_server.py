"""grpc.testing.TestService on grpcio. Usage: interop_server.py IMAGE

Listens on a free port of 127.0.0.1, prints it, and serves until its input is closed.
"""

import sys
import threading
from concurrent import futures

import grpc
from interop_messages import Messages, zeros

ECHO_INITIAL = "x-grpc-test-echo-initial"
ECHO_TRAILING = "x-grpc-test-echo-trailing-bin"
CODES = {code.value[0]: code for code in grpc.StatusCode}


class TestService:
    def __init__(self, messages):
        self._messages = messages

    def empty_call(self, _request, _context):
        return self._messages.Empty()

    def unary_call(self, request, context):
        echo(context)
        refuse(request, context)
        return self._messages.SimpleResponse(payload=zeros(self._messages, request.response_size))

    def streaming_input_call(self, requests, _context):
        size = sum(len(request.payload.body) for request in requests)
        return self._messages.StreamingInputCallResponse(aggregated_payload_size=size)

    def streaming_output_call(self, request, context):
        over = threading.Event()
        context.add_callback(over.set)
        yield from self._replies(request, context, over)

    def full_duplex_call(self, requests, context):
        over = threading.Event()
        context.add_callback(over.set)
        echo(context)
        for request in requests:
            yield from self._replies(request, context, over)

    def _replies(self, request, context, over):
        for asked in request.response_parameters:
            # Sleeps no longer than the call lasts.
            if asked.interval_us and over.wait(asked.interval_us / 1e6):
                return
            yield self._messages.StreamingOutputCallResponse(payload=zeros(self._messages, asked.size))
        refuse(request, context)

    def handlers(self):
        messages = self._messages
        simple = (messages.SimpleRequest, messages.SimpleResponse)
        inputs = (messages.StreamingInputCallRequest, messages.StreamingInputCallResponse)
        outputs = (messages.StreamingOutputCallRequest, messages.StreamingOutputCallResponse)
        empty = (messages.Empty, messages.Empty)
        return {
            "EmptyCall": handler(grpc.unary_unary_rpc_method_handler, self.empty_call, *empty),
            "UnaryCall": handler(grpc.unary_unary_rpc_method_handler, self.unary_call, *simple),
            "StreamingInputCall": handler(grpc.stream_unary_rpc_method_handler, self.streaming_input_call, *inputs),
            "StreamingOutputCall": handler(grpc.unary_stream_rpc_method_handler, self.streaming_output_call, *outputs),
            "FullDuplexCall": handler(grpc.stream_stream_rpc_method_handler, self.full_duplex_call, *outputs),
        }


def handler(kind, function, request, response):
    return kind(function, request_deserializer=request.FromString, response_serializer=response.SerializeToString)


def echo(context):
    """Sends back what came: text in front of the replies, and bytes behind them."""
    came = dict(context.invocation_metadata())
    if ECHO_INITIAL in came:
        context.send_initial_metadata(((ECHO_INITIAL, came[ECHO_INITIAL]),))
    if ECHO_TRAILING in came:
        context.set_trailing_metadata(((ECHO_TRAILING, came[ECHO_TRAILING]),))


def refuse(request, context):
    if request.response_status.code:
        context.abort(CODES[request.response_status.code], request.response_status.message)


def main():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
    handlers = TestService(Messages(sys.argv[1])).handlers()
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("grpc.testing.TestService", handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    sys.stdin.read()
    server.stop(0).wait()


if __name__ == "__main__":
    main()
