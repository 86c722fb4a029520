import type { INodeProperties } from 'n8n-workflow';
import { FANSLY_CHAT_URL } from '../../../platforms/fansly/chat';
import { accountField, chatField, operationField } from '../../../shared/parameters/fields';
import { create, createFields } from './create';
import { getConversation, getConversationFields } from './getConversation';
import { getMediaStatistics, getMediaStatisticsFields } from './getMediaStatistics';
import { hide } from './hide';
import { list, listFields } from './list';
import { listUnread, listUnreadFields } from './listUnread';
import { mute, muteFields } from './mute';
import { setReadReceipts, setReadReceiptsFields } from './setReadReceipts';
import { startTyping } from './startTyping';
import { unmute, unmuteFields } from './unmute';

const showOnlyForChats = { show: { resource: ['chat'] } };
const showOnlyForOneChat = {
	show: {
		resource: ['chat'],
		operation: ['getConversation', 'getMediaStatistics', 'hide', 'setReadReceipts', 'startTyping'],
	},
};

export const chatFields: INodeProperties[] = [
	operationField(
		showOnlyForChats,
		[
			create,
			getConversation,
			getMediaStatistics,
			hide,
			list,
			listUnread,
			mute,
			setReadReceipts,
			startTyping,
			unmute,
		],
		'list',
	),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForChats),
	chatField('e.g. 200000000000000001', FANSLY_CHAT_URL, showOnlyForOneChat),
	...createFields,
	...getConversationFields,
	...getMediaStatisticsFields,
	...listFields,
	...listUnreadFields,
	...muteFields,
	...setReadReceiptsFields,
	...unmuteFields,
];
