import type { IDataObject } from 'n8n-workflow';
import { queryOfLink } from '../../shared/endpoint/call';
import type { EndpointSource } from '../../shared/endpoint/parameters';
import { idOf, numberOf, valueAt } from '../../shared/model/values';

/** How OnlyFansAPI's lists go on, on both platforms: docs/providers.md. */
export const ofapiPaging: Pick<EndpointSource, 'payloads' | 'positions' | 'next'> = {
	payloads: (body) => [body.data, valueAt(body, 'data', 'data'), body],
	positions: ['offset', 'marker', 'id', 'first_id', 'last_id', 'before', 'cursor', 'page'],
	next: (body, query, rowCount) =>
		queryOfLink(valueAt(body, '_pagination', 'next_page')) ?? nextOffset(body, query, rowCount),
};

/** Lists without a link say that there is more, some where it begins. */
function nextOffset(
	body: IDataObject,
	query: URLSearchParams,
	rowCount: number,
): URLSearchParams | undefined {
	if (valueAt(body, 'data', 'hasMore') !== true && body.hasMore !== true) return undefined;
	const told = idOf(valueAt(body, 'data', 'nextOffset'));
	return new URLSearchParams({
		offset: told ?? String((numberOf(query.get('offset')) ?? 0) + rowCount),
	});
}
