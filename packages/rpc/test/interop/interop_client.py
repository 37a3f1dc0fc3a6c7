"""The interoperability cases on grpcio. Usage: interop_client.py IMAGE TARGET RELAY CASE...

Prints one JSON line for each case, {"name", "seen": [{"code", "message", "sizes"}, ...]}: the same that the clients in
TypeScript report. Cases that compress their requests go through RELAY.
"""

import json
import queue
import sys

import grpc
from interop_messages import Messages, zeros

REQUEST_BYTES = [27182, 8, 1828, 45904]
REPLY_BYTES = [31415, 9, 2653, 58979]
SLEEP_US = 60_000_000
TIMEOUT_S = 10
UNKNOWN = 2
SPECIAL_MESSAGE = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
REQUEST_METADATA = (
    ("x-grpc-test-echo-initial", "test_initial_metadata_value"),
    ("x-grpc-test-echo-trailing-bin", b"\xab\xab\xab"),
)


def size_of(reply):
    if not hasattr(reply, "payload"):
        return getattr(reply, "aggregated_payload_size", 0)
    body = reply.payload.body
    return len(body) if body == bytes(len(body)) else -1


def seen_one(call):
    """Waits for the one reply of a call."""
    try:
        return outcome(call, [size_of(call.result())])
    except (grpc.RpcError, grpc.FutureCancelledError):
        return outcome(call, [])


def seen_many(call, on_reply=None):
    """Reads the replies of a call to its end."""
    sizes = []
    try:
        for reply in call:
            sizes.append(size_of(reply))
            if on_reply:
                on_reply()
    except grpc.RpcError:
        pass
    return outcome(call, sizes)


def outcome(call, sizes):
    return {"code": call.code().value[0], "message": call.details() or "", "sizes": sizes}


def echoed(seen, call):
    """Adds what came back of REQUEST_METADATA: text in front of the replies, and bytes behind them, in hex."""
    (text, _), (binary, _) = REQUEST_METADATA
    headers, trailers = dict(call.initial_metadata()), dict(call.trailing_metadata())
    return {**seen, "echoed": [headers.get(text), trailers.get(binary, b"").hex()]}


class Requests:
    """Requests handed over one at a time, to an iterator that ends when told."""

    def __init__(self):
        self._queue = queue.Queue()

    def put(self, request):
        self._queue.put(request)

    def end(self):
        self._queue.put(None)

    def __iter__(self):
        return iter(self._queue.get, None)


class Cases:
    def __init__(self, messages, target, relay):
        self._messages = messages
        self._direct = grpc.insecure_channel(target)
        self._relayed = grpc.insecure_channel(relay)
        self.name = ""

    def close(self):
        self._direct.close()
        self._relayed.close()

    def _call(self, kind, path, requests, response, timeout=TIMEOUT_S, compression=None, more=()):
        channel = self._relayed if compression else self._direct
        stub = getattr(channel, kind)(
            "/grpc.testing." + path,
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=response.FromString,
        )
        start = stub if kind.endswith("_stream") else stub.future
        metadata = (("x-request-id", self.name), *more)
        return start(requests, timeout=timeout, metadata=metadata, compression=compression)

    def _unary(self, request, **options):
        response = self._messages.SimpleResponse
        return self._call("unary_unary", "TestService/UnaryCall", request, response, **options)

    def _input(self, requests):
        response = self._messages.StreamingInputCallResponse
        return self._call("stream_unary", "TestService/StreamingInputCall", requests, response)

    def _duplex(self, requests, **options):
        response = self._messages.StreamingOutputCallResponse
        return self._call("stream_stream", "TestService/FullDuplexCall", requests, response, **options)

    def _empty(self, path):
        empty = self._messages.Empty
        return self._call("unary_unary", path, empty(), empty)

    def _large(self):
        return self._messages.SimpleRequest(response_size=314159, payload=zeros(self._messages, 271828))

    def _round(self, index, interval_us=0):
        asked = self._messages.ResponseParameters(size=REPLY_BYTES[index], interval_us=interval_us)
        return self._messages.StreamingOutputCallRequest(
            payload=zeros(self._messages, REQUEST_BYTES[index]), response_parameters=[asked]
        )

    def empty_unary(self):
        return [seen_one(self._empty("TestService/EmptyCall"))]

    def large_unary(self):
        return [seen_one(self._unary(self._large()))]

    def client_compressed_unary(self):
        return [seen_one(self._unary(self._large(), compression=grpc.Compression.Gzip))]

    def client_streaming(self):
        requests = [
            self._messages.StreamingInputCallRequest(payload=zeros(self._messages, size)) for size in REQUEST_BYTES
        ]
        return [seen_one(self._input(iter(requests)))]

    def server_streaming(self):
        asked = [self._messages.ResponseParameters(size=size) for size in REPLY_BYTES]
        request = self._messages.StreamingOutputCallRequest(response_parameters=asked)
        response = self._messages.StreamingOutputCallResponse
        return [seen_many(self._call("unary_stream", "TestService/StreamingOutputCall", request, response))]

    def ping_pong(self):
        requests = Requests()
        left = [self._round(index) for index in range(len(REQUEST_BYTES))]

        def serve():
            if left:
                requests.put(left.pop(0))
            else:
                requests.end()

        serve()
        return [seen_many(self._duplex(iter(requests)), on_reply=serve)]

    def empty_stream(self):
        return [seen_many(self._duplex(iter([])))]

    def cancel_after_begin(self):
        requests = Requests()
        call = self._input(iter(requests))
        call.cancel()
        requests.end()
        return [seen_one(call)]

    def cancel_after_first_response(self):
        requests = Requests()
        requests.put(self._round(0))
        call = self._duplex(iter(requests))
        result = seen_many(call, on_reply=call.cancel)
        requests.end()
        return [result]

    def timeout_on_sleeping_server(self):
        return [seen_many(self._duplex(iter([self._round(0, SLEEP_US)]), timeout=0.001))]

    def timeout_noticed_by_server(self):
        return [seen_many(self._duplex(iter([self._round(0, SLEEP_US)]), timeout=0.5))]

    def status_code_and_message(self):
        asked = self._messages.EchoStatus(code=UNKNOWN, message="test status message")
        return [
            seen_one(self._unary(self._messages.SimpleRequest(response_status=asked))),
            seen_many(self._duplex(iter([self._messages.StreamingOutputCallRequest(response_status=asked)]))),
        ]

    def special_status_message(self):
        asked = self._messages.EchoStatus(code=UNKNOWN, message=SPECIAL_MESSAGE)
        return [seen_one(self._unary(self._messages.SimpleRequest(response_status=asked)))]

    def unimplemented_method(self):
        return [seen_one(self._empty("TestService/UnimplementedCall"))]

    def unimplemented_service(self):
        return [seen_one(self._empty("UnimplementedService/UnimplementedCall"))]

    def custom_metadata(self):
        unary = self._unary(self._large(), more=REQUEST_METADATA)
        seen_unary = echoed(seen_one(unary), unary)
        duplex = self._duplex(iter([self._round(0)]), more=REQUEST_METADATA)
        return [seen_unary, echoed(seen_many(duplex), duplex)]


def main():
    image, target, relay, *names = sys.argv[1:]
    cases = Cases(Messages(image), target, relay)
    for name in names:
        cases.name = name
        print(json.dumps({"name": name, "seen": getattr(cases, name)()}), flush=True)
    cases.close()


if __name__ == "__main__":
    main()
