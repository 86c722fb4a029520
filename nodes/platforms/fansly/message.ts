import type { IDataObject } from 'n8n-workflow';
import { mediaTypeOf } from '../../shared/model/media';
import type { CommonMedia, CommonMessage } from '../../shared/model/message';
import type { MessageContext, Page, Person } from '../../shared/model/pair';
import { isoTime } from '../../shared/model/time';
import { idOf, isRecord, numberOf, recordsAt, recordsIn, valueAt } from '../../shared/model/values';
import { find } from './entries';
import { dollarsFromThousandths } from './values';

/** One record of `accountMedia` as the common form. */
function commonMedia(record: IDataObject): CommonMedia {
	const [location] = recordsAt(record, 'media', 'locations');
	const url = location?.location;
	const isPaid = (numberOf(record.price) ?? 0) > 0;
	return {
		id: idOf(record.id) ?? null,
		type: mediaTypeOf(valueAt(record, 'media', 'mimetype')),
		url: typeof url === 'string' ? url : null,
		locked: record.access === false || (isPaid && record.purchased !== true),
	};
}

interface Attachment {
	/** USD; null when the answer does not hold the record. */
	price: number | null;
	media: CommonMedia[];
}

/** What an attachment stands for: one file, or a bundle of several that is sold as one. */
function readAttachment(attachment: IDataObject, included: Page['included']): Attachment {
	const contentId = idOf(attachment.contentId);
	const single = find(included, 'accountMedia', contentId);
	if (single !== undefined) {
		return { price: dollarsFromThousandths(single.price), media: [commonMedia(single)] };
	}

	const bundle = find(included, 'accountMediaBundles', contentId);
	const ids: unknown[] = Array.isArray(bundle?.accountMediaIds) ? bundle.accountMediaIds : [];
	const files = ids.map((id) => find(included, 'accountMedia', idOf(id))).filter(isRecord);
	if (bundle !== undefined && files.length > 0) {
		const price = dollarsFromThousandths(bundle.price);
		const isLocked = bundle.access === false || ((price ?? 0) > 0 && bundle.purchased !== true);
		return {
			price,
			media: files.map((file) => ({ ...commonMedia(file), ...(isLocked && { locked: true }) })),
		};
	}
	return {
		price: bundle === undefined ? null : dollarsFromThousandths(bundle.price),
		media: [{ id: contentId ?? null, type: null, url: null, locked: null }],
	};
}

/** Kinds of attachment that hold files: 1 is one file, 2 a bundle. */
const FILE_ATTACHMENTS = [1, 2];

/** Fansly's message as the common one. */
export function simplifyFanslyMessage(message: IDataObject, about: MessageContext): CommonMessage {
	const senderId = idOf(message.senderId) ?? null;
	const attachments = recordsAt(message, 'attachments')
		.filter(
			({ contentType }) =>
				contentType === undefined || FILE_ATTACHMENTS.includes(Number(contentType)),
		)
		.map((attachment) => readAttachment(attachment, about.included));
	const prices = attachments.map(({ price }) => price);
	return {
		id: idOf(message.id) ?? null,
		accountId: about.accountId,
		chatId: idOf(message.groupId) ?? about.chatId,
		direction: directionOf(senderId, about),
		senderId,
		text: typeof message.content === 'string' ? message.content : '',
		createdAt: isoTime(message.createdAt),
		price: prices.includes(null)
			? null
			: prices.reduce<number>((sum, price) => sum + (price ?? 0), 0),
		tipAmount: dollarsFromThousandths(message.totalTipAmount ?? 0),
		media: attachments.flatMap(({ media }) => media),
		replyToId: idOf(message.inReplyTo) ?? null,
	};
}

function directionOf(
	senderId: string | null,
	{ creatorId, direction }: MessageContext,
): CommonMessage['direction'] {
	if (direction !== undefined) return direction;
	if (creatorId === undefined || senderId === null) return null;
	return senderId === creatorId ? 'outgoing' : 'incoming';
}

/**
 * The fan of a chat, by those who wrote its messages and who were to read them; none in a group of
 * more than two. No message tells a name.
 */
export function fanOfFanslyChat(messages: IDataObject[], creatorId: string | undefined): Person {
	const people = new Set(
		messages.flatMap(({ senderId, interactions }) => [
			idOf(senderId),
			...recordsIn(interactions).map(({ userId }) => idOf(userId)),
		]),
	);
	people.delete(undefined);
	people.delete(creatorId);
	const [fan, other] = people;
	return { id: (other === undefined ? fan : undefined) ?? null, name: null };
}
