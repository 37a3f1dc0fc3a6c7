import { isUtf8 } from 'node:buffer';
import { status, StatusError } from '@exempla/rpc';
import type { FastifyInstance } from 'fastify';

/**
 * Bodies are JSON in UTF-8 (RFC 8259) and nothing else; a door that takes more says so itself. Bytes that are no letter are
 * refused: made one, two names that differ in it would be the same name. The empty body of a DELETE is none, whatever it is
 * called.
 */
export function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0 && request.method === 'DELETE') return done(null);
    if (!isUtf8(bytes)) return done(noUtf8());
    return parse(request, bytes.toString(), done);
  });
}

const noUtf8 = (): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, 'REQUEST_MALFORMED', 'the body has to be JSON in UTF-8');
