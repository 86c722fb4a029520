import type { IDataObject } from 'n8n-workflow';
import { idOf, recordsAt } from '../../shared/model/values';
import type { ChatEvent } from '../../shared/triggers/event';
import { includedIn } from './entries';

/**
 * What an event tells of its message. `said` is who wrote it by the event's name; where the
 * creator's own ID is known, that decides, so that no message of the creator's is ever taken for a
 * fan's. Fields that the payload does not have are null.
 */
export function fanslyMessageEvent(
	payload: IDataObject,
	said: ChatEvent['direction'],
	creatorId?: string,
): Pick<ChatEvent, 'chatId' | 'fan' | 'message' | 'direction' | 'included'> {
	const chatId = idOf(payload.groupId) ?? null;
	if (said === undefined) return { chatId, fan: { id: null, name: null } };
	const senderId = idOf(payload.senderId);
	const isOwn = senderId !== undefined && senderId === creatorId;
	const direction = isOwn ? 'outgoing' : said;
	const others = recordsAt(payload, 'interactions').map(({ userId }) => idOf(userId));
	const fanId =
		direction === 'incoming'
			? senderId
			: others.find((userId) => userId !== undefined && userId !== senderId);
	return {
		chatId,
		fan: { id: fanId ?? null, name: null },
		message: payload,
		direction,
		included: includedIn(payload),
	};
}
