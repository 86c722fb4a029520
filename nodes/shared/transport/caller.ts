import type {
	IExecuteSingleFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

/** What a request can come from: an item's operation, a picker, a webhook's hooks or a poll. */
export type Caller =
	IExecuteSingleFunctions | ILoadOptionsFunctions | IHookFunctions | IPollFunctions;
