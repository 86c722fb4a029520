import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { block } from './block';
import { fanIdField } from './fanId';
import { get, getFields } from './get';
import { getNote } from './getNote';
import { list, listFields } from './list';
import { listBlocked, listBlockedFields } from './listBlocked';
import { listRestricted, listRestrictedFields } from './listRestricted';
import { listSubscriptions, listSubscriptionsFields } from './listSubscriptions';
import { listTop, listTopFields } from './listTop';
import { restrict } from './restrict';
import { setCustomName, setCustomNameFields } from './setCustomName';
import { setNote, setNoteFields } from './setNote';
import { unblock } from './unblock';
import { unrestrict } from './unrestrict';

const showOnlyForFans = { show: { resource: ['fan'] } };
const showOnlyForOneFan = {
	show: {
		resource: ['fan'],
		operation: [
			'block',
			'getNote',
			'listSubscriptions',
			'restrict',
			'setCustomName',
			'setNote',
			'unblock',
			'unrestrict',
		],
	},
};

export const fanFields: INodeProperties[] = [
	operationField(
		showOnlyForFans,
		[
			block,
			get,
			getNote,
			list,
			listBlocked,
			listRestricted,
			listSubscriptions,
			listTop,
			restrict,
			setCustomName,
			setNote,
			unblock,
			unrestrict,
		],
		'list',
	),
	accountField('e.g. acct_a1b2c3', showOnlyForFans),
	fanIdField(showOnlyForOneFan),
	...getFields,
	...listFields,
	...listBlockedFields,
	...listRestrictedFields,
	...listSubscriptionsFields,
	...listTopFields,
	...setCustomNameFields,
	...setNoteFields,
];
