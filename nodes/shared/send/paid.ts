import { NodeOperationError } from 'n8n-workflow';
import type { IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { CommonMessage } from '../model/message';
import type { OutgoingMessage, Pair } from '../model/pair';
import { idOf, recordAt } from '../model/values';
import { throttledRequest } from '../operation/rateLimit';
import { isSuccess } from '../transport/response';
import type { Subject } from '../transport/response';
import type { Delivery } from './delivery';
import { readNewest } from './findSent';

/** What the fan sees of a paid message: locked at its price, given away, or not to be told. */
type Lock = 'locked' | 'unlocked' | 'otherPrice' | 'unseen';

/**
 * Makes sure that the media of a paid message that was just sent are locked at its price: in the
 * response where the provider shows it, in one read of the chat otherwise (one credit). What is
 * wrong becomes the delivery's problem, so that the message is named and never sent again.
 */
export async function checkPaid(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject & { chat: string },
	delivery: Delivery,
): Promise<void> {
	const requested = pair.readOutgoing(recordAt(request.body));
	const { sent } = delivery;
	const isDone = delivery.problem !== undefined || delivery.isChecked === true;
	if (requested.price === 0 || pair.paid === undefined || sent === undefined || isDone) return;
	if (context.getNodeParameter('options.checkPaid', true) === false) return;

	const messageId = idOf(sent.id) ?? '';
	const about = aboutSent(subject);
	const seen = pair.paid.isShownInAnswer
		? pair.simplify(sent, { ...about, included: {} })
		: await readBack(context, pair, request, subject, messageId);
	const lock = lockOf(seen, requested);
	delivery.isChecked = lock !== 'unseen';
	if (lock === 'locked') {
		delivery.seenMedia = seen?.media;
		return;
	}

	const isDeleted =
		lock === 'unlocked' && context.getNodeParameter('options.deleteUnlocked', false) === true
			? await deleteMessage(context, pair, request, subject, messageId)
			: undefined;
	const problem = () => problemWith(context, lock, messageId, requested.price, seen, isDeleted);
	// What could not be seen may be seen at the next try; the rest stays as it is.
	if (lock === 'unseen') throw problem();
	delivery.problem = problem;
}

/** Whether the provider deleted it. */
async function deleteMessage(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject & { chat: string },
	messageId: string,
): Promise<boolean> {
	const url = pair.paid?.deletePath(subject.account ?? '', subject.chat, messageId) ?? '';
	const deletion: IHttpRequestOptions = { ...request, method: 'DELETE', url, body: undefined };
	return isSuccess(await throttledRequest(context, pair, deletion, subject));
}

const aboutSent = ({ account, chat }: Subject & { chat: string }) => ({
	accountId: account ?? null,
	chatId: chat,
	direction: 'outgoing' as const,
});

async function readBack(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	subject: Subject & { chat: string },
	messageId: string,
): Promise<CommonMessage | undefined> {
	const page = await readNewest(context, pair, request, subject);
	const message = page?.messages.find(({ id }) => idOf(id) === messageId);
	return (
		page && message && pair.simplify(message, { ...aboutSent(subject), included: page.included })
	);
}

function lockOf(seen: CommonMessage | undefined, { price, previewCount }: OutgoingMessage): Lock {
	if (seen === undefined || seen.price === null) return 'unseen';
	if (seen.price === 0) return 'unlocked';
	const shown = seen.media.filter(({ locked }) => locked !== true).length;
	if (shown > previewCount) return 'unlocked';
	return seen.price === price ? 'locked' : 'otherPrice';
}

function problemWith(
	context: IExecuteSingleFunctions,
	lock: Lock,
	messageId: string,
	price: number,
	seen: CommonMessage | undefined,
	isDeleted: boolean | undefined,
): NodeOperationError {
	const itemIndex = context.getItemIndex();
	const [message, advice] = {
		unlocked: [
			`The paid message ${messageId} was sent unlocked`,
			`The fan sees its media without paying $${price}. Look at it in the chat now, and ` +
				'delete it there if that is so.',
		],
		otherPrice: [
			`The paid message ${messageId} has another price`,
			`It was sent for $${price}, but the chat shows $${seen?.price}. Look at it in the chat now.`,
		],
		unseen: [
			`The paid message ${messageId} was sent, but the node could not see whether it is locked`,
			`Look at it in the chat now: it has to cost $${price}.`,
		],
		locked: ['', ''],
	}[lock];
	const deletion =
		isDeleted === undefined
			? ''
			: isDeleted
				? 'It was deleted right away. '
				: 'It could not be deleted: delete it yourself now. ';
	const error = new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
		itemIndex,
		description: `${deletion}${advice}`,
	});
	error.context.outcome = 'sent';
	error.context.messageId = messageId;
	return error;
}
