import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * A chat model that speaks as OpenAI's server does, without a mind of its own: it calls the tools
 * that its script says, and ends once it was told of their results.
 */
export class FakeModel {
	/** The tool calls that it makes at once: `{ name, args }`. */
	calls = [];
	/** What it was told of its calls, in their order. */
	results = [];

	static async start() {
		const model = new FakeModel();
		model.server = createServer((request, response) => void model.#answer(request, response));
		await new Promise((resolve) => model.server.listen(0, '127.0.0.1', resolve));
		model.url = `http://127.0.0.1:${model.server.address().port}/v1`;
		return model;
	}

	async #answer(request, response) {
		const { messages = [], model = 'fake' } = await json(request);
		this.results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
		const message =
			this.results.length === 0 ? this.#toolCalls() : { role: 'assistant', content: 'Done.' };
		const finish = message.tool_calls === undefined ? 'stop' : 'tool_calls';
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify({
				id: 'chatcmpl-1',
				object: 'chat.completion',
				created: 0,
				model,
				choices: [{ index: 0, message, finish_reason: finish }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			}),
		);
	}

	#toolCalls() {
		const asCall = ({ name, args }, index) => ({
			id: `call_${index}`,
			type: 'function',
			function: { name, arguments: JSON.stringify(args) },
		});
		return { role: 'assistant', content: null, tool_calls: this.calls.map(asCall) };
	}

	close() {
		this.server.closeAllConnections();
		this.server.close();
	}
}
