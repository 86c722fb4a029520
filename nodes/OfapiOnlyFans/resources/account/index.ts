import type { INodeProperties } from 'n8n-workflow';
import { operationField } from '../../../shared/parameters/fields';
import { getCredits, getCreditsFields } from './getCredits';
import { list, listFields } from './list';

export const accountFields: INodeProperties[] = [
	operationField({ show: { resource: ['account'] } }, [getCredits, list], 'list'),
	...getCreditsFields,
	...listFields,
];
