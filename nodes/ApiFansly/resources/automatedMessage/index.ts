import type { INodeProperties } from 'n8n-workflow';
import { accountField, operationField } from '../../../shared/parameters/fields';
import { list, listFields } from './list';

const showOnlyForAutomatedMessages = { show: { resource: ['automatedMessage'] } };

export const automatedMessageFields: INodeProperties[] = [
	operationField(showOnlyForAutomatedMessages, [list], 'list'),
	accountField('e.g. fansly_acc_a1b2c3', showOnlyForAutomatedMessages),
	...listFields,
];
