import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { foundEntries } from '../../../platforms/fansly/entries';
import { simplifyFanslyAutomatedMessage } from '../../../platforms/fansly/massMessage';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForAutomatedMessageList = {
	show: { resource: ['automatedMessage'], operation: ['list'] },
};

/** `GET /api/fansly/{account_id}/automated-messages`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List automated messages',
	description:
		'Get the messages that Fansly sends by itself, such as those to new subscribers or after a ' +
		'tip. One credit or more.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/automated-messages' },
		output: rowsOutput(
			(body) => foundEntries(responseIn(body), ['automatedMessages', 'data']),
			(row, { account }) => simplifyFanslyAutomatedMessage(row, account),
		),
	}),
};

export const listFields: INodeProperties[] = [simplifyField(showOnlyForAutomatedMessageList)];
