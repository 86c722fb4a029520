import type { INodeProperties } from 'n8n-workflow';
import { FANSLY_CHAT_URL } from '../../../platforms/fansly/chat';
import { accountField, chatField, operationField } from '../../../shared/parameters/fields';
import { create, createFields } from './create';
import { disableReadReceipts } from './disableReadReceipts';
import { get, getFields } from './get';
import { getConversation, getConversationFields } from './getConversation';
import { list, listFields } from './list';
import { markAllRead } from './markAllRead';
import { startTyping } from './startTyping';
import { unmute, unmuteFields } from './unmute';

const showOnlyForChats = { show: { resource: ['chat'] } };
const showOnlyForOneChat = {
	show: {
		resource: ['chat'],
		operation: ['disableReadReceipts', 'get', 'getConversation', 'startTyping'],
	},
};

export const chatFields: INodeProperties[] = [
	operationField(
		showOnlyForChats,
		[create, disableReadReceipts, get, getConversation, list, markAllRead, startTyping, unmute],
		'list',
	),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForChats),
	chatField('e.g. 200000000000000001', FANSLY_CHAT_URL, showOnlyForOneChat),
	...createFields,
	...getFields,
	...getConversationFields,
	...listFields,
	...unmuteFields,
];
