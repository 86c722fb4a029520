import { NodeOperationError } from 'n8n-workflow';
import type { IHookFunctions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isPrivate } from '../transport/baseUrl';

/**
 * Refuses an address of this n8n that no provider can call, unless the provider is in a private
 * network too. n8n shows the message alone when a workflow is published: the remedy stands in it.
 */
export async function refuseUnreachable(context: IHookFunctions, pair: Pair): Promise<void> {
	const address = context.getNodeWebhookUrl('default');
	if (!isPrivate(address)) return;
	// Without a credential it is not known where the provider is.
	if (context.getNode().credentials?.[pair.credential] === undefined) return;
	const { baseUrl } = await context.getCredentials(pair.credential);
	if (isPrivate(baseUrl)) return;
	throw new NodeOperationError(
		context.getNode(),
		`${pair.provider} cannot reach this n8n at ${new URL(address ?? '').origin}: use the Polling ` +
			'Trigger, or give n8n a public address (WEBHOOK_URL)',
		{ description: 'A webhook needs an address that the internet can reach.' },
	);
}
