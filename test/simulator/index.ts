import type { Server } from 'node:http';
import { pairs } from '../pairs';
import { apiFanslyProvider } from './apiFansly';
import { unreadCount } from './chats';
import { controlApp } from './control';
import { fillDefaultWorld } from './defaultWorld';
import { Deliveries } from './deliveries';
import { fanslyAccountOf, PAYMENT_TYPES } from './fanslyAccount';
import type { FanslyAccountState } from './fanslyAccount';
import { fanslyEvent } from './fanslyShapes';
import { FaultList } from './faults';
import { cdnApp } from './cdn';
import { InFlight } from './inFlight';
import { MediaStore } from './media';
import { ofapiProvider } from './ofapiProvider';
import { onlyFansEvent } from './onlyFansShapes';
import { newFan, stateOf } from './onlyFansState';
import type { OnlyFansState } from './onlyFansState';
import { noQuirks } from './page';
import { Ledger, RateLimiter } from './provider';
import type { Provider } from './provider';
import { closeServer, listen, providerApp, urlOf } from './server';
import type {
	FanslyChatState,
	FanslyFan,
	Fault,
	NewAccount,
	NewChat,
	NewFile,
	NewConsoleWebhook,
	NewMessage,
	NewPayment,
	PairName,
	ProviderName,
	RecordedRequest,
	Simulator,
	SimulatorOptions,
	StoredFile,
	StoredMessage,
	WebhookInfo,
	WritingFault,
	WrittenMessage,
} from './types';
import { Webhooks } from './webhooks';
import { World } from './world';
import type { Chat } from './world';

export * from './types';
export { signedBody } from './deliveries';
export { BASE_TIME } from './history';
export { newFan };
export type { OnlyFansFan, OnlyFansState, OnlyFansTransaction, UserList } from './onlyFansState';
export { bytesOf, sha256Of } from './media';
export { ONLYFANS_ONLY_KEY } from './ofapiProvider';

/** The keys that the simulator accepts unless told otherwise. */
export const DEFAULT_KEYS: Record<ProviderName, string> = {
	ofapi: 'simulator-ofapi-key',
	apiFansly: 'simulator-apifansly-key',
};

/** The simulator apart from its servers. */
class Core {
	readonly world = new World();
	readonly quirks = noQuirks();
	readonly requests: RecordedRequest[] = [];
	readonly faults = new FaultList();
	readonly inFlight = new InFlight();
	protected readonly media = new MediaStore();
	readonly uploads = this.media.uploads;
	readonly cdnRequests = this.media.cdnRequests;
	protected readonly registry = new Webhooks();
	protected readonly outbox = new Deliveries(this.registry);
	readonly deliveries = this.outbox.log;
	readonly deliverySettings = this.outbox.settings;
	readonly providers: Record<ProviderName, Provider>;
	onSent: Simulator['onSent'];

	constructor(keys: Record<ProviderName, string>) {
		const { world, quirks, media, registry: webhooks, outbox: deliveries } = this;
		const context = () => ({
			world,
			quirks,
			media,
			webhooks,
			deliveries,
			ledger: new Ledger(),
			limiter: new RateLimiter(),
		});
		this.providers = {
			ofapi: ofapiProvider(context(), keys.ofapi),
			apiFansly: apiFanslyProvider(context(), keys.apiFansly),
		};
		world.onWritten = (pair, chat, message) => {
			if (message.direction === 'outgoing') this.onSent?.(message);
			this.tellWebhooks(pair, chat, message);
		};
		fillDefaultWorld(world);
	}

	reset(): void {
		this.registry.clear();
		this.outbox.reset();
		this.world.clear();
		this.media.clear();
		fillDefaultWorld(this.world);
		Object.assign(this.quirks, noQuirks());
		this.requests.length = 0;
		this.faults.clear();
		this.onSent = undefined;
		this.inFlight.reset();
		for (const provider of Object.values(this.providers)) {
			provider.ledger.reset();
			provider.limiter.reset();
			provider.reset();
		}
	}

	addAccount(pair: PairName, account: NewAccount): void {
		this.world.addAccount(pair, account);
	}

	addChat(pair: PairName, chat: NewChat): string {
		return this.world.addChat(pair, chat).id;
	}

	fanslyFans(pair: PairName, account: string): FanslyFan[] {
		return this.world.knownAccount(pair, account).fanslyFans;
	}

	addFanslyFans(pair: PairName, account: string, fans: FanslyFan[]): void {
		this.fanslyFans(pair, account).push(...fans);
	}

	fanslyState(pair: PairName, account: string, chatId: string): FanslyChatState {
		return structuredClone(this.world.knownChat(pair, account, chatId).fansly);
	}

	addMessages(
		pair: PairName,
		account: string,
		chatId: string,
		messages: NewMessage[],
	): StoredMessage[] {
		const chat = this.world.knownChat(pair, account, chatId);
		return messages.map((message) => this.world.addMessage(pair, chat, message));
	}

	addFiles(pair: PairName, account: string, files: NewFile[]): StoredFile[] {
		return files.map((file) => this.media.addFile(pair, account, file));
	}

	setCdn({ status = 200, fault }: { status?: number; fault?: WritingFault }): void {
		this.media.cdnStatus = status;
		this.media.cdnFault = fault;
	}

	messages(pair: PairName, account: string, chatId: string): StoredMessage[] {
		return [...this.world.knownChat(pair, account, chatId).messages];
	}

	fanWrites(
		pair: PairName,
		account: string,
		chatId: string,
		message: WrittenMessage,
	): StoredMessage {
		return this.world.writeMessage(
			pair,
			this.world.knownChat(pair, account, chatId),
			'incoming',
			message,
		);
	}

	emitEvent(pair: PairName, event: string, accountId: string | undefined, payload: unknown): void {
		this.outbox.emit({ pair, event, accountId, payload });
	}

	private tellWebhooks(pair: PairName, chat: Chat, message: StoredMessage): void {
		const payload =
			pair === 'ofapiOnlyFans' ? onlyFansEvent(chat, message) : fanslyEvent(chat, message);
		const { received, sent } = pairs[pair].events;
		const event = message.direction === 'incoming' ? received : sent;
		this.emitEvent(pair, event, chat.account.id, payload);
	}

	unreadCount(pair: PairName, account: string, chatId: string): number {
		return unreadCount(this.world.knownChat(pair, account, chatId));
	}

	onlyFans(accountId: string): OnlyFansState {
		return stateOf(this.world.knownAccount('ofapiOnlyFans', accountId));
	}

	fanslyAccount(pair: PairName, accountId: string): FanslyAccountState {
		return fanslyAccountOf(this.world.knownAccount(pair, accountId));
	}

	addPayments(pair: PairName, accountId: string, payments: NewPayment[]): string[] {
		return payments.map((payment) => this.addPayment(pair, accountId, payment));
	}

	private paymentCount = 0;

	private addPayment(pair: PairName, accountId: string, { amount, createdAt }: NewPayment): string {
		const number = ++this.paymentCount;
		const isLater = (one: { createdAt: string }) =>
			Date.parse(one.createdAt) > Date.parse(createdAt);
		if (pair === 'ofapiOnlyFans') {
			const { transactions, fans } = this.onlyFans(accountId);
			const [fan] = fans;
			if (fan === undefined) throw new Error(`${accountId} has no fan`);
			const id = `added-${number}`;
			const at = transactions.filter(isLater).length;
			transactions.splice(at, 0, { id, fan, type: 'tip', amount, createdAt, status: 'done' });
			return id;
		}
		const { payments } = this.fanslyAccount(pair, accountId);
		const [fan] = this.world.knownAccount(pair, accountId).fanslyFans;
		const id = String(510_000_000_000_000_000n + BigInt(number));
		const at = payments.length - payments.filter(isLater).length;
		payments.splice(at, 0, {
			id,
			fanId: fan?.id ?? '',
			type: PAYMENT_TYPES.tip,
			amount,
			createdAt,
		});
		return id;
	}

	get webhooks(): WebhookInfo[] {
		return this.registry.list();
	}

	addConsoleWebhook(webhook: NewConsoleWebhook): string {
		return this.registry.addOfConsole(webhook).id;
	}

	removeConsoleWebhook(id: string): void {
		const webhook = this.registry.find('apiFansly', id);
		if (webhook === undefined) throw new Error(`The console has no webhook ${id}`);
		this.registry.remove(webhook);
	}

	deliveriesSettled(): Promise<void> {
		return this.outbox.settled();
	}

	credits(provider: ProviderName): { used: number; balance: number } {
		const { used, balance } = this.providers[provider].ledger;
		return { used, balance };
	}

	setBalance(provider: ProviderName, balance: number): void {
		this.providers[provider].ledger.balance = balance;
	}

	addFault(fault: Fault): void {
		this.faults.add(fault);
	}

	clearFaults(): void {
		this.faults.clear();
	}

	setRateLimit(provider: ProviderName, perMinute: number | undefined): void {
		this.providers[provider].limiter.perMinute = perMinute;
	}

	maxInFlight(account: string): number {
		return this.inFlight.max(account);
	}
}

/** Pauses that end early when the simulator closes. */
class Pauses {
	private readonly endings = new Map<NodeJS.Timeout, () => void>();

	wait(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => {
				this.endings.delete(timer);
				resolve();
			}, milliseconds);
			this.endings.set(timer, resolve);
		});
	}

	endAll(): void {
		for (const [timer, resolve] of this.endings) {
			clearTimeout(timer);
			resolve();
		}
		this.endings.clear();
	}
}

/** A running simulator: the core and the addresses of its servers. */
class RunningSimulator extends Core implements Simulator {
	ofapiUrl = '';
	apiFanslyUrl = '';
	controlUrl: string | undefined;
	private readonly servers: Server[] = [];
	private readonly pauses = new Pauses();

	async start({
		ofapiPort = 0,
		apiFanslyPort = 0,
		controlPort = 0,
	}: SimulatorOptions): Promise<void> {
		this.ofapiUrl = await this.serve(this.appOf(this.providers.ofapi), ofapiPort);
		this.apiFanslyUrl = await this.serve(this.appOf(this.providers.apiFansly), apiFanslyPort);
		this.media.cdnUrl = await this.serve(cdnApp(this.media), 0);
		if (controlPort !== false) this.controlUrl = await this.serve(controlApp(this), controlPort);
	}

	private appOf(provider: Provider): ReturnType<typeof providerApp> {
		const wait = (milliseconds: number) => this.pauses.wait(milliseconds);
		return providerApp(provider, {
			requests: this.requests,
			faults: this.faults,
			inFlight: this.inFlight,
			wait,
		});
	}

	private async serve(app: Parameters<typeof listen>[0], port: number): Promise<string> {
		const server = await listen(app, port);
		this.servers.push(server);
		return urlOf(server);
	}

	async close(): Promise<void> {
		this.pauses.endAll();
		this.outbox.end();
		await Promise.all(this.servers.map(closeServer));
	}
}

/**
 * Starts the provider APIs on 127.0.0.1 with the default world. Money is USD, credits are the
 * providers' own. Rejects when a port is in use.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = new RunningSimulator({ ...DEFAULT_KEYS, ...options.keys });
	try {
		await simulator.start(options);
	} catch (error) {
		await simulator.close();
		throw error;
	}
	return simulator;
}
