import type { INodeProperties } from 'n8n-workflow';
import { FANSLY_CHAT_URL } from '../../../platforms/fansly/chat';
import { accountField, chatField, operationField } from '../../../shared/parameters/fields';
import { remove, removeFields } from './delete';
import { like, likeFields } from './like';
import { list, listFields } from './list';
import { send, sendFields } from './send';
import { unlike, unlikeFields } from './unlike';

const showOnlyForMessages = { show: { resource: ['message'] } };

/** The provider finds a message without its chat. */
const showOnlyForChatMessages = { show: { resource: ['message'], operation: ['list', 'send'] } };

export const messageFields: INodeProperties[] = [
	operationField(showOnlyForMessages, [remove, like, list, send, unlike], 'send'),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForMessages),
	chatField('e.g. 200000000000000001', FANSLY_CHAT_URL, showOnlyForChatMessages),
	...removeFields,
	...likeFields,
	...listFields,
	...sendFields,
	...unlikeFields,
];
