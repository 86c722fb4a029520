import { BASE_TIME, MINUTE } from './history';
import type { Fan, NewMessage, PairName } from './types';
import type { World } from './world';

const TOM = { name: 'Tom Baker', username: 'tombaker' };
const SAM = { name: 'Sam Reed', username: 'samreed' };
const ALEX = { name: 'Alex Novak', username: 'alexn' };

const TOMS_MESSAGES: NewMessage[] = [
	{ direction: 'incoming', text: 'Just found your page, love it!' },
	{ direction: 'outgoing', text: 'Thank you, Tom! Great to have you here.' },
	{ direction: 'incoming', text: 'Hi Luna, are you around tonight?' },
];

interface Home {
	account: string;
	/** The IDs of the three chats and of their fans, in the order Tom, Sam, Alex. */
	chats: [string, string, string];
	fans: [string, string, string];
	samsMessages: number;
}

const ONLYFANS_FANS: Home['fans'] = ['500101', '500102', '500103'];
const FANSLY_CHATS: Home['chats'] = [
	'200000000000000001',
	'200000000000000002',
	'200000000000000003',
];
const FANSLY_FANS: Home['fans'] = [
	'300000000000000001',
	'300000000000000002',
	'300000000000000003',
];

const HOMES: Record<PairName, Home> = {
	ofapiOnlyFans: {
		account: 'acct_LunaStar0001',
		chats: ONLYFANS_FANS,
		fans: ONLYFANS_FANS,
		samsMessages: 250,
	},
	ofapiFansly: {
		account: 'fansly_acct_LunaStar0001',
		chats: FANSLY_CHATS,
		fans: FANSLY_FANS,
		samsMessages: 250,
	},
	apiFansly: {
		account: 'fansly_acc_LunaStar0001',
		chats: FANSLY_CHATS,
		fans: FANSLY_FANS,
		samsMessages: 25,
	},
};

function addHome(world: World, pair: PairName, { account, chats, fans, samsMessages }: Home): void {
	const add = (id: string, fanId: string, fan: Omit<Fan, 'id'>, messages: number) =>
		world.addChat(pair, { account, id, fan: { id: fanId, ...fan }, messages });

	const tomsChat = add(chats[0], fans[0], TOM, 0);
	TOMS_MESSAGES.forEach((message, index) => {
		const createdAt = new Date(BASE_TIME - (TOMS_MESSAGES.length - 1 - index) * MINUTE);
		world.addMessage(pair, tomsChat, { ...message, createdAt });
	});
	add(chats[1], fans[1], SAM, samsMessages);
	add(chats[2], fans[2], ALEX, 0);
}

/** The same three people as fans of Fansly, with and without a subscription. */
function addFanslyFans(world: World, pair: 'ofapiFansly' | 'apiFansly'): void {
	const [tom, sam, alex] = FANSLY_FANS;
	world.knownAccount(pair, HOMES[pair].account).fanslyFans.push(
		{
			...TOM,
			id: tom,
			status: 'active',
			price: 9.99,
			subscribedAt: '2026-08-01T10:00:00.000Z',
			expiresAt: '2026-10-01T10:00:00.000Z',
			tierId: '800000000000000001',
		},
		{
			...SAM,
			id: sam,
			status: 'expired',
			price: 15,
			subscribedAt: '2026-05-01T10:00:00.000Z',
			expiresAt: '2026-06-01T10:00:00.000Z',
			tierId: '800000000000000002',
		},
		{ ...ALEX, id: alex, status: 'follower', lastSeenAt: '2026-08-30T20:00:00.000Z' },
	);
}

/** Fills a world with the accounts and chats that tests, examples and guides rely on. */
export function fillDefaultWorld(world: World): void {
	const luna = { name: 'Luna Star', username: 'lunastar' };
	world.addAccount('ofapiOnlyFans', {
		...luna,
		id: HOMES.ofapiOnlyFans.account,
		nativeId: '339543013',
	});
	world.addAccount(
		'ofapiOnlyFans',
		{ id: 'acct_MiaMoon0002', name: 'Mia Moon', username: 'miamoon', nativeId: '339543014' },
		false,
	);
	for (const pair of ['ofapiFansly', 'apiFansly'] as const) {
		world.addAccount(pair, { ...luna, id: HOMES[pair].account, nativeId: '100000000000000001' });
	}
	addHome(world, 'ofapiOnlyFans', HOMES.ofapiOnlyFans);
	addHome(world, 'ofapiFansly', HOMES.ofapiFansly);
	addHome(world, 'apiFansly', HOMES.apiFansly);
	addFanslyFans(world, 'ofapiFansly');
	addFanslyFans(world, 'apiFansly');
}
