import type { IDataObject } from 'n8n-workflow';
import type { CommonFanList } from '../../../shared/model/people';
import { idOf, numberOf, textOf } from '../../../shared/model/values';

/** A user list of OnlyFans as the common list of fans. */
export function simplifyFanList(entry: IDataObject, accountId: string): CommonFanList {
	return {
		id: idOf(entry.id) ?? null,
		accountId,
		name: textOf(entry.name) ?? null,
		fanCount: numberOf(entry.usersCount) ?? null,
		canAddFans: typeof entry.canAddUsers === 'boolean' ? entry.canAddUsers : null,
	};
}
