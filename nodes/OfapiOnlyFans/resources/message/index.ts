import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { onlyFansChatField } from '../chatField';
import { remove, removeFields } from './delete';
import { get, getFields } from './get';
import { like, likeFields } from './like';
import { list, listFields } from './list';
import { pin, pinFields } from './pin';
import { search, searchFields } from './search';
import { send, sendFields } from './send';
import { unlike, unlikeFields } from './unlike';
import { unpin, unpinFields } from './unpin';

const showOnlyForMessages = { show: { resource: ['message'] } };

export const messageFields: INodeProperties[] = [
	operationField(
		showOnlyForMessages,
		[remove, get, like, list, pin, search, send, unlike, unpin],
		'send',
	),
	accountField('e.g. acct_a1b2c3', showOnlyForMessages),
	onlyFansChatField(showOnlyForMessages),
	...removeFields,
	...getFields,
	...likeFields,
	...listFields,
	...pinFields,
	...searchFields,
	...sendFields,
	...unlikeFields,
	...unpinFields,
];
