import { describe, expect, it } from '@jest/globals';
import { startScriptedOpenAi, type ScriptedOpenAi } from '../src/index.ts';

const ask = (server: ScriptedOpenAi, body: object = {}, options: RequestInit = {}): Promise<Response> =>
  fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer k-1', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', messages: [], ...body }),
    ...options,
  });

/** The words of a stream, and whether it came to its end. */
async function wordsOf(response: Response): Promise<{ words: string[]; done: boolean }> {
  const words: string[] = [];
  let done = false;
  let rest = '';
  try {
    for await (const bytes of response.body!.pipeThrough(new TextDecoderStream())) {
      const events = (rest + bytes).split('\n\n');
      rest = events.pop()!;
      for (const event of events) {
        const data = event.slice('data: '.length);
        if (data === '[DONE]') done = true;
        else
          words.push(
            (JSON.parse(data) as { choices: { delta: { content?: string } }[] }).choices[0]!.delta.content ?? '',
          );
      }
    }
  } catch {
    // Broken off.
  }
  return { words: words.filter(Boolean), done };
}

describe('a scripted OpenAI', () => {
  it('says the text, whole and word by word, and remembers what was asked', async () => {
    await using server = await startScriptedOpenAi({ type: 'say', text: 'a small fox' });
    expect(await (await ask(server, { temperature: 0 })).json()).toMatchObject({
      model: 'm',
      choices: [{ message: { role: 'assistant', content: 'a small fox' }, finish_reason: 'stop' }],
    });
    expect(await wordsOf(await ask(server, { stream: true }))).toEqual({ words: ['a ', 'small ', 'fox'], done: true });
    expect(server.requests).toMatchObject([
      { path: '/v1/chat/completions', apiKey: 'k-1', body: { temperature: 0 } },
      { body: { stream: true } },
    ]);
  });

  it('follows its script, and goes on with the end of it', async () => {
    await using server = await startScriptedOpenAi(
      { type: 'rate-limit', retryAfterS: 2 },
      { type: 'fail', status: 500, message: 'broken' },
      { type: 'say', text: 'now' },
    );
    const limited = await ask(server);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await (await ask(server)).json()).toMatchObject({ error: { message: 'broken' } });
    expect([(await ask(server)).status, (await ask(server)).status]).toEqual([200, 200]);
    server.next({ type: 'nonsense' });
    await expect((await ask(server)).json()).rejects.toThrow(/JSON/);
  });

  it('breaks a stream in the middle', async () => {
    await using server = await startScriptedOpenAi({ type: 'break', text: 'one two three', afterWords: 2 });
    expect(await wordsOf(await ask(server, { stream: true }))).toEqual({ words: ['one ', 'two '], done: false });
  });

  it('stays silent, and knows when the caller left', async () => {
    await using server = await startScriptedOpenAi({ type: 'silence' });
    const caller = new AbortController();
    const asking = ask(server, {}, { signal: caller.signal });
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    caller.abort(new Error('left'));
    await expect(asking).rejects.toThrow('left');
    await server.requests[0]!.left.promise;
    expect(server.requests).toHaveLength(1);
  });
});
