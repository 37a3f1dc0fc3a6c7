"""Messages of grpc.testing, built at run time from the descriptors in an image."""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory


class Messages:
    def __init__(self, path):
        pool = descriptor_pool.DescriptorPool()
        with open(path, "rb") as image:
            for file in descriptor_pb2.FileDescriptorSet.FromString(image.read()).file:
                pool.Add(file)
        self._pool = pool
        self._classes = message_factory.MessageFactory(pool)

    def __getattr__(self, name):
        return self._classes.GetPrototype(self._pool.FindMessageTypeByName("grpc.testing." + name))


def zeros(messages, size):
    return messages.Payload(body=bytes(size))
