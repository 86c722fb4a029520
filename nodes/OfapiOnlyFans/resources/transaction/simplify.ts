import type { IDataObject } from 'n8n-workflow';
import { isoTime } from '../../../shared/model/time';
import { transactionTypeOf } from '../../../shared/model/transaction';
import type { CommonTransaction } from '../../../shared/model/transaction';
import { idOf, numberOf, recordAt, textOf } from '../../../shared/model/values';
import { nameOf } from '../../../shared/triggers/event';

/** A transaction of OnlyFans as the common one. The message is told by a link in the words alone. */
export function simplifyTransaction(entry: IDataObject): CommonTransaction {
	const fan = recordAt(entry, 'user');
	return {
		id: idOf(entry.id) ?? null,
		fanId: idOf(fan.id) ?? null,
		fanName: nameOf(fan.displayName, fan.name, fan.username),
		type: transactionTypeOf(entry.type),
		amount: numberOf(entry.amount) ?? null,
		fee: numberOf(entry.fee) ?? null,
		net: numberOf(entry.net) ?? null,
		currency: textOf(entry.currency) ?? null,
		createdAt: isoTime(entry.createdAt),
		messageId: /[?&](?:amp;)?firstId=(\d+)/.exec(textOf(entry.description) ?? '')?.[1] ?? null,
		status: textOf(entry.status) ?? null,
	};
}
