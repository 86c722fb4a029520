import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { onlyFansChatField } from '../chatField';
import { getConversation, getConversationFields } from './getConversation';
import { hide } from './hide';
import { list, listFields } from './list';
import { listMedia, listMediaFields } from './listMedia';
import { markAllRead } from './markAllRead';
import { markRead } from './markRead';
import { markUnread } from './markUnread';
import { mute } from './mute';
import { startTyping } from './startTyping';
import { unmute } from './unmute';

const showOnlyForChats = { show: { resource: ['chat'] } };
const showOnlyForOneChat = {
	show: {
		resource: ['chat'],
		operation: [
			'getConversation',
			'hide',
			'listMedia',
			'markRead',
			'markUnread',
			'mute',
			'startTyping',
			'unmute',
		],
	},
};

export const chatFields: INodeProperties[] = [
	operationField(
		showOnlyForChats,
		[
			getConversation,
			hide,
			list,
			listMedia,
			markAllRead,
			markRead,
			markUnread,
			mute,
			startTyping,
			unmute,
		],
		'list',
	),
	accountField('e.g. acct_a1b2c3', showOnlyForChats),
	onlyFansChatField(showOnlyForOneChat),
	...getConversationFields,
	...listFields,
	...listMediaFields,
];
