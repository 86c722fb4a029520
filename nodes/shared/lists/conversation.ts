import { sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';
import { conversationOf, isYetToCome, nothingToAnswer, oldestFirst } from '../model/conversation';
import type { ChatMessage } from '../model/conversation';
import type { Page, Pair, Person } from '../model/pair';
import { requiredCreatorId } from '../operation/creatorId';
import { requestOf, runItem, subjectOf } from '../operation/item';
import { validationOf } from '../operation/parameter';
import { routing } from '../operation/routing';
import type { OperationRequest } from '../operation/routing';
import { isOver } from '../operation/run';
import type { RequestRules } from '../operation/validate';
import { oneOf, wholeNumber } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import { messagePages } from './messagePages';
import type { MessagePage } from './messagePages';
import { messageId, readPage } from './messages';

/** So many are read at least, since a page may begin with old messages that are pinned. */
const FEWEST = 10;

/** How long a chat gets to show a message that its event has told of, in milliseconds. */
const SECOND_LOOK = 2000;

/** What the user wants of a chat. */
interface Wanted {
	limit: number;
	/** The fan's message that is to be answered. */
	answeringId?: string;
	/** Whether the item comes out also where there is nothing to answer. */
	isAlways: boolean;
}

/** Reads the operation's own parameters; what is wrong with them goes into the validation. */
function readWanted(validation: Validation): Wanted {
	const whenNothing = validation.parameter(
		'options.whenNothingToAnswer',
		'If There Is Nothing to Answer',
		oneOf('returnNothing', 'returnItem'),
	);
	return {
		limit: validation.parameter('limit', 'Max Messages', wholeNumber(1)) ?? 1,
		answeringId: validation.parameter(
			'options.answeringMessageId',
			'Answering Message ID',
			messageId,
		),
		isAlways: whenNothing === 'returnItem',
	};
}

/**
 * The routing of Get Conversation: one item of a chat's newest messages, or none where there is
 * nothing to answer (promise 10). What a message can be answered to is never guessed: where the
 * creator's own ID is needed and cannot be had, that is an error.
 */
export function conversation(pair: Pair, operation: OperationRequest): INodePropertyRouting {
	const rules: RequestRules = { afterAll: (_context, validation) => readWanted(validation) };
	return routing(pair, { ...operation, rules }, async function (requestData) {
		return await runItem(this, async () => await answer(this, pair, requestOf(requestData)));
	});
}

/** Whether these messages, a chat's newest, decide it: nothing older is asked for then. */
type IsEnough = (messages: ChatMessage[]) => boolean;

async function answer(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
): Promise<INodeExecutionData[]> {
	const { limit, answeringId, isAlways } = readWanted(validationOf(context));
	const reader = new ChatReader(context, pair, request, Math.max(limit, FEWEST));
	const { account, chat } = reader.subject;
	const isDecided: IsEnough = (messages) =>
		!isAlways && nothingToAnswer(messages, answeringId) !== undefined;
	const isMissing: IsEnough = (messages) =>
		answeringId !== undefined && isYetToCome(messages, answeringId);

	let { messages, fan } = await reader.read((some) => isDecided(some) || isMissing(some));
	if (isMissing(messages)) {
		// The provider may be slow to show it. Or the fan has deleted it: nothing tells.
		await sleep(SECOND_LOOK);
		({ messages, fan } = await reader.read(isDecided));
	}

	const reason = nothingToAnswer(messages, answeringId);
	if (reason !== undefined && !isAlways) return [];
	const { isAnswered, ...rest } = conversationOf(messages, limit);
	return [
		{
			json: {
				chatId: chat,
				accountId: account,
				fanId: fan.id,
				fanName: fan.name,
				// A message that was told of and is still not shown is not lost.
				isAnswered: isAnswered && !isMissing(messages),
				...rest,
				...(isAlways && { reason: reason ?? null }),
			},
		},
	];
}

/** Reads the newest messages of an item's chat: one request for each page. */
class ChatReader {
	readonly subject: ReturnType<typeof subjectOf>;
	private creatorId?: string;

	constructor(
		private readonly context: IExecuteSingleFunctions,
		private readonly pair: Pair,
		private readonly request: IHttpRequestOptions,
		private readonly limit: number,
	) {
		this.subject = subjectOf(context);
	}

	/** The messages, oldest first, and the fan. Throws what a page or the lookup throws. */
	async read(isEnough: IsEnough): Promise<{ messages: ChatMessage[]; fan: Person }> {
		const raw: IDataObject[] = [];
		const listed: ChatMessage[] = [];
		const seen: ChatMessage[] = [];
		const source = {
			read: async (qs: IDataObject): Promise<Page> => {
				const page = await this.readPage(qs);
				seen.push(...this.shape(page));
				return isEnough(oldestFirst(seen)) ? { ...page, next: undefined } : page;
			},
			isOver: () => isOver(this.context),
		};
		const bounds = { limit: this.limit, isOldestFirst: false };
		const progress = { taken: 0, isCut: false };
		for await (const page of messagePages(this.pair, source, bounds, progress)) {
			raw.push(...page.messages);
			listed.push(...this.shape(page));
		}
		return {
			messages: oldestFirst(listed),
			fan: this.pair.readFan(this.subject.chat, raw, this.creatorId),
		};
	}

	private async readPage(qs: IDataObject): Promise<Page> {
		const { context, pair, request, subject } = this;
		const page = await readPage(
			context,
			pair,
			{ ...request, qs: { ...qs, ...request.qs } },
			subject,
		);
		// Behind the page, whose answer tells better what is wrong with an account.
		if (page.messages.length > 0 && pair.creator !== undefined) {
			this.creatorId ??= await requiredCreatorId(context, pair, request, subject);
		}
		return page;
	}

	private shape({ messages, included }: MessagePage): ChatMessage[] {
		const { pair, creatorId } = this;
		const { account, chat } = this.subject;
		const about = { accountId: account, chatId: chat, creatorId, included };
		return messages.map((message) => ({
			message: pair.simplify(message, about),
			isMassMessage: pair.isMassMessage?.(message) === true,
		}));
	}
}
