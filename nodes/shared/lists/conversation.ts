import { sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyRouting,
} from 'n8n-workflow';
import { conversationOf, isYetToCome, nothingToAnswer, oldestFirst } from '../model/conversation';
import type { ChatMessage } from '../model/conversation';
import type { Page, Pair, Person } from '../model/pair';
import { requiredCreatorId } from '../operation/creatorId';
import { requestOf, runItem, subjectOf } from '../operation/item';
import { routing } from '../operation/routing';
import type { OperationRequest } from '../operation/routing';
import { isOver } from '../operation/run';
import type { RequestRules } from '../operation/validate';
import { oneOf, wholeNumber } from '../parameters/parsers';
import { Validation } from '../parameters/validation';
import { messagePages } from './messagePages';
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
		'When There Is Nothing to Answer',
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
	return routing({ ...operation, rules }, async function (requestData) {
		return await runItem(this, async () => await answer(this, pair, requestOf(requestData)));
	});
}

async function answer(
	context: IExecutePaginationFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
): Promise<INodeExecutionData[]> {
	const { limit, answeringId, isAlways } = readWanted(new Validation(context));
	const { account, chat } = subjectOf(context);
	const read = async (isEnough: IsEnough) =>
		await readChat(context, pair, request, { limit, isEnough });
	const isDecided: IsEnough = (messages) =>
		!isAlways && nothingToAnswer(messages, answeringId) !== undefined;
	const isMissing: IsEnough = (messages) =>
		answeringId !== undefined && isYetToCome(messages, answeringId);

	let { messages, fan } = await read((some) => isDecided(some) || isMissing(some));
	if (isMissing(messages)) {
		// The provider may be slow to show it. Or the fan has deleted it: nothing tells.
		await sleep(SECOND_LOOK);
		({ messages, fan } = await read(isDecided));
	}

	const reason = nothingToAnswer(messages, answeringId);
	if (reason !== undefined && !isAlways) return [];
	const { isAnswered, ...rest } = conversationOf(messages);
	return [
		{
			json: {
				chatId: chat,
				accountId: account,
				fanId: fan.id,
				fanName: fan.name,
				isAnswered: isAnswered && !isMissing(messages),
				...rest,
				...(isAlways && { reason: reason ?? null }),
			},
		},
	];
}

/** Whether these messages, the newest of a chat, decide it: nothing older is asked for then. */
type IsEnough = (messages: ChatMessage[]) => boolean;

/** The newest messages of a chat, oldest first, and its fan. One request for each page. */
async function readChat(
	context: IExecutePaginationFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	{ limit, isEnough }: { limit: number; isEnough: IsEnough },
): Promise<{ messages: ChatMessage[]; fan: Person }> {
	const subject = subjectOf(context);
	const { account, chat } = subject;
	let creatorId: string | undefined;
	const shape = (message: IDataObject, included: Page['included']): ChatMessage => ({
		message: pair.simplify(message, { accountId: account, chatId: chat, creatorId, included }),
		isMassMessage: pair.isMassMessage?.(message) === true,
	});

	const raw: IDataObject[] = [];
	const listed: ChatMessage[] = [];
	const seen: ChatMessage[] = [];
	const source = {
		async read(qs: IDataObject): Promise<Page> {
			const query = { ...qs, ...request.qs };
			const page = await readPage(context, pair, { ...request, qs: query }, subject);
			// Behind the page, whose answer tells better what is wrong with an account.
			if (page.messages.length > 0 && pair.creator !== undefined) {
				creatorId ??= await requiredCreatorId(context, pair, request, subject);
			}
			seen.push(...page.messages.map((message) => shape(message, page.included)));
			return isEnough(oldestFirst(seen)) ? { ...page, next: undefined } : page;
		},
		isOver: () => isOver(context),
	};
	const bounds = { limit: Math.max(limit, FEWEST), isOldestFirst: false };
	const progress = { taken: 0, isCut: false };
	for await (const { messages, included } of messagePages(pair, source, bounds, progress)) {
		raw.push(...messages);
		listed.push(...messages.map((message) => shape(message, included)));
	}
	return {
		messages: oldestFirst(listed).slice(-limit),
		fan: pair.readFan(chat, raw, creatorId),
	};
}
