import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * A chat model that speaks as OpenAI's server does, without a mind of its own: it calls the tools
 * that its script says, and ends with its reply once it was told of their results.
 */
export class FakeModel {
	/**
	 * The tool calls that it makes, turn by turn: those of a turn at once, as `{ name, args }`. A turn
	 * may be a function that makes them of the results so far.
	 */
	turns = [];
	/** What it says at the end: a text, or a function that gives one. */
	reply = 'Done.';
	/** What it was asked, time by time, without what its system prompt says. */
	prompts = [];
	/** What it was told of its calls, in their order. */
	results = [];
	/** The tools that it was offered: `{ name, description, parameters }`. */
	tools = [];

	static async start() {
		const model = new FakeModel();
		model.server = createServer((request, response) => void model.#answer(request, response));
		await new Promise((resolve) => model.server.listen(0, '127.0.0.1', resolve));
		model.url = `http://127.0.0.1:${model.server.address().port}/v1`;
		return model;
	}

	async #answer(request, response) {
		const { messages = [], tools = [], model = 'fake' } = await json(request);
		this.tools = tools.map((tool) => tool.function);
		this.results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
		this.prompts.push(promptIn(messages));
		const calls = this.#nextCalls();
		const message =
			calls === undefined
				? { role: 'assistant', content: await this.#words() }
				: { role: 'assistant', content: null, tool_calls: calls };
		const finish = calls === undefined ? 'stop' : 'tool_calls';
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

	async #words() {
		return typeof this.reply === 'function' ? this.reply() : this.reply;
	}

	/** The calls of the turn whose results it was not told yet; undefined after the last. */
	#nextCalls() {
		let told = 0;
		for (const [turn, script] of this.turns.entries()) {
			const calls = typeof script === 'function' ? script(this.results.slice(0, told)) : script;
			if (this.results.length < told + calls.length) {
				return calls.map(({ name, args }, index) => ({
					id: `call_${turn}_${index}`,
					type: 'function',
					function: { name, arguments: JSON.stringify(args) },
				}));
			}
			told += calls.length;
		}
		return undefined;
	}

	close() {
		this.server.closeAllConnections();
		this.server.close();
	}
}

/** What a person says to the model, in one text. */
function promptIn(messages) {
	return messages
		.filter(({ role }) => role === 'user')
		.flatMap(({ content }) => (typeof content === 'string' ? content : content.map(textIn)))
		.join('\n');
}

const textIn = ({ text = '' }) => text;
