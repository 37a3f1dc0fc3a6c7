"""Calls every service of a running mesh with nothing of ours but the proto image.

Usage: foreign_client.py IMAGE < {"orchestrator": "127.0.0.1:50051", ...}

Messages are built at run time from the descriptors in the image. Prints one JSON line for each case:
{"service", "name", "code", "replies", "details"}; `replies` are a summary, `details` the decoded google.rpc.Status.
"""

import hashlib
import json
import sys
import threading

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

OBJECT = "objects/foreign/sound.bin"
HALF_OBJECT = "objects/foreign/half.bin"
CHUNK_BYTES = 64 << 10
OBJECT_CHUNKS = 128
TIMEOUT_S = 20
LONG_TEXT = "The river carries water from the mountains down to the distant sea. " * 400


class Schema:
    """Services and messages of an image."""

    def __init__(self, path):
        self._pool = descriptor_pool.DescriptorPool()
        with open(path, "rb") as image:
            files = descriptor_pb2.FileDescriptorSet.FromString(image.read()).file
        # Rules of validation and deadlines are options of types that protobuf does not know: they stay as they are.
        for file in files:
            self._pool.Add(file)
        self._streams = {}
        for file in files:
            for service in file.service:
                for method in service.method:
                    path = f"{file.package}.{service.name}/{method.name}"
                    self._streams[path] = (method.client_streaming, method.server_streaming)
        self._classes = message_factory.MessageFactory(self._pool)

    def message(self, name):
        return self._classes.GetPrototype(self._pool.FindMessageTypeByName(name))

    def method(self, path):
        service, name = path.split("/")
        method = self._pool.FindServiceByName(service).methods_by_name[name]
        types = (self._classes.GetPrototype(t) for t in (method.input_type, method.output_type))
        return (*types, *self._streams[path])


class Client:
    """One service."""

    def __init__(self, schema, address):
        self._schema = schema
        # As much as fits is kept for a reader that is slow; the rest has to wait on the other side.
        options = [("grpc.max_receive_message_length", -1), ("grpc.http2.bdp_probe", 0)]
        self._channel = grpc.insecure_channel(address, options=options)

    def request(self, path, fields):
        return json_format.ParseDict(fields, self._schema.method(path)[0]())

    def start(self, path, requests, timeout=TIMEOUT_S, request_id=None):
        """Starts a call; `requests` is a message, or an iterator of messages for a client stream."""
        request_type, reply_type, client_streams, server_streams = self._schema.method(path)
        kind = f"{'stream' if client_streams else 'unary'}_{'stream' if server_streams else 'unary'}"
        stub = getattr(self._channel, kind)(
            "/" + path, request_serializer=request_type.SerializeToString, response_deserializer=reply_type.FromString
        )
        metadata = (("x-request-id", request_id),) if request_id else None
        call = stub if server_streams else stub.future
        return call(requests, timeout=timeout, metadata=metadata)

    def start_unknown(self, path):
        stub = self._channel.unary_unary("/" + path, request_serializer=None, response_deserializer=None)
        return stub.future(b"", timeout=TIMEOUT_S)

    def close(self):
        self._channel.close()


def reply_of(call):
    """The one reply of a call, as a list; empty when it failed."""
    try:
        return [call.result()]
    except (grpc.RpcError, grpc.FutureCancelledError):
        return []


def replies_of(stream):
    """The replies of a stream until it ends, well or not."""
    replies = []
    try:
        for reply in stream:
            replies.append(reply)
    except grpc.RpcError:
        pass
    return replies


def details_of(schema, call):
    """grpc-status-details-bin, decoded by the image's own google.rpc."""
    for key, value in call.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = schema.message("google.rpc.Status").FromString(value)
            return {any_.type_url.split(".")[-1]: unpacked(schema, any_) for any_ in status.details}
    return {}


def unpacked(schema, any_):
    message = schema.message(any_.type_url.split("/")[1])()
    any_.Unpack(message)
    return json_format.MessageToDict(message)


def brief(reply):
    """What of a reply is worth a look: the bytes of a stream are many."""
    fields = json_format.MessageToDict(reply)
    if "chunk" in fields:
        return {"chunk": len(reply.chunk)}
    return fields


class Scenario:
    """The cases of one service."""

    def __init__(self, schema, service, address):
        self.schema = schema
        self.service = service
        self.client = Client(schema, address)

    def report(self, name, call, replies, **more):
        line = {
            "service": self.service,
            "name": name,
            "code": call.code().value[0],
            "replies": [brief(reply) for reply in replies],
            "details": details_of(self.schema, call),
            **more,
        }
        print(json.dumps(line), flush=True)

    def request_id(self, name):
        return f"foreign-{self.service}-{name}"

    def call(self, name, path, fields, timeout=TIMEOUT_S):
        request = self.client.request(path, fields)
        call = self.client.start(path, request, timeout, self.request_id(name))
        read = replies_of if self.schema.method(path)[3] else reply_of
        self.report(name, call, read(call))

    def cancel_stream(self, name, path, fields, replies_first):
        """Cancels a stream that the server cannot have finished after so few replies."""
        call = self.client.start(path, self.client.request(path, fields), request_id=self.request_id(name))
        replies = [next(call) for _ in range(replies_first)]
        call.cancel()
        self.report(name, call, replies)

    def cancel_queue(self, name, path, fields, size, rounds):
        """Cancels calls that wait behind one that has just been answered; who is first differs from round to round."""
        request = self.client.request(path, fields)
        cancelled = []
        for _ in range(rounds):
            calls = [self.client.start(path, request, request_id=self.request_id(name)) for _ in range(size)]
            reply_of(calls[0])
            for call in calls[1:]:
                call.cancel()
            cancelled += [call for call in calls if call.cancelled()]
        self.report(name, (cancelled or calls)[-1], [], calls=size * rounds, cancelled=len(cancelled))

    def common(self, unary, bad):
        """What must be so at every service: `unary` and `bad` are (path, fields)."""
        self.call("unary", *unary)
        # One that has passed: the shortest that gRPC's timers know, a millisecond, has been enough for an answer.
        self.call("deadline", *unary, timeout=-1)
        self.call("bad-field", *bad)
        call = self.client.start_unknown(unary[0].split("/")[0] + "/NoSuchMethod")
        self.report("unknown-method", call, reply_of(call))
        self.call("health", "grpc.health.v1.Health/Check", {"service": unary[0].split("/")[0]})


def orchestrator(it):
    definitions = "exempla.orchestrator.v1.DefinitionService/"
    river = {"term": "river", "allow_duplicate": True}
    it.common(
        (definitions + "GenerateDefinition", river),
        (definitions + "GenerateDefinition", {"term": "", "max_examples": 51}),
    )
    it.call("stream", definitions + "StreamDefinition", {"request": {**river, "narrate": True}})
    it.cancel_stream("cancel", definitions + "StreamDefinition", {"request": {**river, "narrate": True}}, 1)


def examples(it):
    service = "exempla.examples.v1.ExampleService/"
    it.common(
        (service + "GenerateExamples", {"term": "river", "kinds": ["EXAMPLE_KIND_EXPLANATION"]}),
        (service + "GenerateExamples", {"term": "river", "max_examples": 51}),
    )
    it.call("stream", service + "StreamExamples", {"request": {"term": "river"}})
    it.cancel_queue("cancel", service + "GenerateExamples", {"term": "entity", "max_examples": 50}, size=90, rounds=8)


def audio(it):
    service = "exempla.audio.v1.SpeechService/"
    it.common((service + "ListVoices", {}), (service + "Synthesize", {"text": "River.", "speed": 0.1}))
    it.call("stream", service + "Synthesize", {"text": "Rivers run to the sea."})
    it.cancel_stream("cancel", service + "Synthesize", {"text": LONG_TEXT}, 3)


def storage(it):
    objects = "exempla.storage.v1.ObjectService/"
    it.common(
        ("exempla.storage.v1.DefinitionStoreService/ListDefinitions", {"page_size": 1}),
        (objects + "GetObject", {"name": "objects/../secret"}),
    )
    upload(it, objects)
    download(it, objects)
    it.cancel_stream("cancel", objects + "DownloadObject", {"name": OBJECT}, 2)
    break_off_upload(it, objects)


def chunk_of(number):
    return hashlib.sha256(str(number).encode()).digest() * (CHUNK_BYTES // 32)


def upload(it, objects):
    message = it.schema.message("exempla.storage.v1.UploadObjectRequest")
    whole = hashlib.sha256(b"".join(chunk_of(n) for n in range(OBJECT_CHUNKS))).digest()

    def messages():
        header = message()
        header.header.name = OBJECT
        header.header.content_type = "application/octet-stream"
        header.header.size_bytes = CHUNK_BYTES * OBJECT_CHUNKS
        header.header.sha256 = whole
        yield header
        for number in range(OBJECT_CHUNKS):
            yield message(chunk=chunk_of(number))

    call = it.client.start(objects + "UploadObject", messages(), request_id=it.request_id("upload"))
    replies = reply_of(call)
    it.report("upload", call, replies, same_hash=[reply.sha256 == whole for reply in replies])


def download(it, objects):
    request = it.client.request(objects + "DownloadObject", {"name": OBJECT})
    call = it.client.start(objects + "DownloadObject", request, request_id=it.request_id("stream"))
    replies = replies_of(call)
    whole = hashlib.sha256(b"".join(reply.chunk for reply in replies[1:])).digest()
    it.report("stream", call, replies, same_hash=[replies[0].header.sha256 == whole])


def break_off_upload(it, objects):
    """Cancels an upload when its first chunk is on its way; nothing of it may be there."""
    message = it.schema.message("exempla.storage.v1.UploadObjectRequest")
    sent, over = threading.Event(), threading.Event()

    def messages():
        header = message()
        header.header.name = HALF_OBJECT
        yield header
        # More than the server's window: by now it must have taken up the call.
        for number in range(OBJECT_CHUNKS):
            yield message(chunk=chunk_of(number))
        sent.set()
        over.wait(TIMEOUT_S)

    call = it.client.start(objects + "UploadObject", messages(), request_id=it.request_id("broken-upload"))
    sent.wait(TIMEOUT_S)
    call.cancel()
    over.set()
    it.report("broken-upload", call, [])
    it.call("after-broken-upload", objects + "GetObject", {"name": HALF_OBJECT})


def main():
    schema = Schema(sys.argv[1])
    addresses = json.load(sys.stdin)
    for service, cases in {
        "orchestrator": orchestrator,
        "examples": examples,
        "audio": audio,
        "storage": storage,
    }.items():
        scenario = Scenario(schema, service, addresses[service])
        try:
            cases(scenario)
        finally:
            scenario.client.close()


if __name__ == "__main__":
    main()
