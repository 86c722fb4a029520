import type { INodeProperties } from 'n8n-workflow';
import { id } from '../../../shared/parameters/parsers';

export const albumId = id('500000000000000001', /^\d+$/);

/** An album of the vault, from a list. */
export function albumField(about: string, routing?: INodeProperties['routing']): INodeProperties {
	return {
		displayName: 'Album Name or ID',
		name: 'albumId',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getAlbums', loadOptionsDependsOn: ['account.value'] },
		default: '',
		description: `${about}. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
		...(routing && { routing }),
	};
}
