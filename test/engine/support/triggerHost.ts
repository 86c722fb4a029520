import { createServer } from 'node:http';
import type { Server } from 'node:http';
import express from 'express';
import type { Express, Request, Response } from 'express';
import { HookContext, LoadOptionsContext, PollContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';
import { additionalData, nodeType, nodeTypes } from './harness';
import type { RunRequest, TriggerName } from './harness';

/**
 * What the n8n server does around a trigger, for tests on the engine: it calls the trigger's hooks,
 * takes its webhook's requests on 127.0.0.1, and keeps its static data as JSON, as a database
 * would, in the order of n8n 2.41's own code (live-webhooks, webhook-helpers). The real server runs
 * the same triggers in test/host.
 */

export interface TriggerRequest {
	node: TriggerName;
	parameters?: INodeParameters;
	credential?: RunRequest['credential'];
	/** Milliseconds that a poll may take. */
	pollBudget?: number;
	workflowId?: string;
	/** Where n8n believes that it is, instead of where it is. */
	address?: string;
}

/** An error that n8n answers with a status of its own. */
export class RefusedByHost extends Error {
	constructor(readonly status: number) {
		super(`n8n answers ${status}`);
	}
}

/** The fields of a trigger's simplified item about a message, on every pair. */
export const ITEM_FIELDS = [
	'id',
	'accountId',
	'chatId',
	'direction',
	'senderId',
	'text',
	'createdAt',
	'price',
	'tipAmount',
	'media',
	'replyToId',
	'event',
	'fanId',
	'fanName',
	'fanUsername',
	'fanTotalSpent',
	'previousReplyAt',
];

let workflowCount = 0;

export class TriggerHost {
	/** The items of each execution that was started. */
	readonly executions: INodeExecutionData[][] = [];
	/** What polls and deliveries wrote into n8n's log as warnings. */
	readonly warnings: string[] = [];
	/** The workflow's static data as n8n has last saved it. */
	saved = '{}';
	/** What n8n does between a webhook's function and its answer; what it throws is answered as an error. */
	betweenStartAndSave: (workflow: Workflow) => Promise<void> = () => Promise.resolve();
	/** As when the database cannot be written: n8n logs that and goes on. */
	isSaving = true;
	/** Callers that closed the connection before they had an answer. */
	hangUps = 0;
	parameters: INodeParameters;
	private server: Server;
	private workflowId: string;
	private url = '';
	private type: INodeType | undefined;
	private testData: IDataObject | undefined;

	private constructor(private readonly request: TriggerRequest) {
		this.parameters = request.parameters ?? {};
		this.workflowId = request.workflowId ?? `workflow-${++workflowCount}`;
		this.server = createServer(this.app());
	}

	static async start(request: TriggerRequest): Promise<TriggerHost> {
		const host = new TriggerHost(request);
		host.type = await nodeType(request.node);
		await new Promise<void>((resolve) => host.server.listen(0, '127.0.0.1', resolve));
		const address = host.server.address();
		if (address === null || typeof address === 'string') throw new Error('no port');
		host.url = request.address ?? `http://127.0.0.1:${address.port}/`;
		return host;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** n8n starts again at its address: nothing in memory, the saved data as they were an hour ago. */
	async restart(): Promise<void> {
		this.workflowId = `workflow-${++workflowCount}`;
		if (this.nodeData.caughtUpAt !== undefined) {
			const all = JSON.parse(this.saved) as Record<string, IDataObject>;
			const caughtUpAt = Number(this.nodeData.caughtUpAt) - 3_600_000;
			this.saved = JSON.stringify({ ...all, 'node:Trigger': { ...this.nodeData, caughtUpAt } });
		}
		this.server = createServer(this.app());
		const { port } = new URL(this.url);
		await new Promise<void>((resolve) => this.server.listen(Number(port), '127.0.0.1', resolve));
	}

	get webhookUrl(): string {
		return `${this.url}webhook/hook-1/webhook`;
	}

	get testUrl(): string {
		return `${this.url}webhook-test/hook-1/webhook`;
	}

	get items(): IDataObject[] {
		return this.executions.flat().map(({ json }) => json);
	}

	/** The node's own part of the saved static data. */
	get nodeData(): IDataObject {
		const all = JSON.parse(this.saved) as Record<string, IDataObject>;
		return all['node:Trigger'] ?? {};
	}

	/** The workflow is activated, or n8n starts with it active. */
	async activate(): Promise<void> {
		const workflow = await this.workflow(JSON.parse(this.saved) as IDataObject);
		await this.hooks(workflow, 'trigger');
		this.saved = JSON.stringify(workflow.staticData);
	}

	async deactivate(): Promise<void> {
		const workflow = await this.workflow(JSON.parse(this.saved) as IDataObject);
		await this.hook(workflow, 'delete', 'internal');
		this.saved = JSON.stringify(workflow.staticData);
	}

	/** The editor listens for a test event. */
	async listen(): Promise<void> {
		const workflow = await this.workflow({});
		await this.hooks(workflow, 'manual');
		this.testData = workflow.staticData;
	}

	async stopListening(): Promise<void> {
		await this.hook(await this.workflow(this.testData ?? {}), 'delete', 'internal', true);
		this.testData = undefined;
	}

	/** One poll of an active workflow; whether n8n gets to save what it remembers is up to the test. */
	async poll({
		mode = 'trigger',
		isSaved = true,
	}: { mode?: WorkflowExecuteMode; isSaved?: boolean } = {}): Promise<IDataObject[] | null> {
		const workflow = await this.workflow(JSON.parse(this.saved) as IDataObject);
		const node = nodeIn(workflow);
		const data = await this.surroundings();
		const budget = this.request.pollBudget;
		const context = new PollContext(
			workflow,
			node,
			data,
			mode,
			'activate',
			undefined,
			undefined,
			undefined,
			undefined,
			undefined,
			budget === undefined ? undefined : () => budget,
		);
		const warn = jest
			.spyOn(context.logger, 'warn')
			.mockImplementation((text) => void this.warnings.push(text));
		const output = await this.loaded.poll?.call(context).finally(() => warn.mockRestore());
		if (isSaved) this.saved = JSON.stringify(workflow.staticData);
		if (output == null) return null;
		this.executions.push(output[0] ?? []);
		return (output[0] ?? []).map(({ json }) => json);
	}

	/** The options of one of the node's dropdowns. */
	async options(method: 'getAccounts' | 'getEvents'): Promise<INodePropertyOptions[]> {
		const workflow = await this.workflow({});
		await workflow.expression.acquireIsolate();
		const load = this.loaded.methods?.loadOptions?.[method];
		if (load === undefined) throw new Error(`${this.request.node} has no ${method}`);
		return await load.call(
			new LoadOptionsContext(workflow, nodeIn(workflow), await this.surroundings(), ''),
		);
	}

	private get loaded(): INodeType {
		if (this.type === undefined) throw new Error('the host was not started');
		return this.type;
	}

	private async surroundings(): Promise<IWorkflowExecuteAdditionalData> {
		return await additionalData(this.request.credential ?? { apiKey: '', baseUrl: '' }, this.url);
	}

	private async workflow(staticData: IDataObject): Promise<Workflow> {
		const { node, credential } = this.request;
		const known = credential === undefined ? [] : (this.loaded.description.credentials ?? []);
		const trigger: INode = {
			id: 'trigger',
			name: 'Trigger',
			type: `n8n-nodes-creator-chat.${node}`,
			typeVersion: node.endsWith('PollingTrigger') ? 1 : 2,
			position: [0, 0],
			webhookId: 'hook-1',
			parameters: this.parameters,
			credentials: Object.fromEntries(known.map(({ name }) => [name, { id: '1', name }])),
		};
		const workflow = new Workflow({
			id: this.workflowId,
			nodes: [trigger],
			connections: {},
			active: true,
			nodeTypes: await nodeTypes(),
			staticData,
			settings: { timezone: 'UTC' },
		});
		await workflow.expression.acquireIsolate();
		return workflow;
	}

	private async hooks(workflow: Workflow, mode: WorkflowExecuteMode): Promise<void> {
		const isThere = await this.hook(workflow, 'checkExists', mode, mode === 'manual');
		if (!isThere) await this.hook(workflow, 'create', mode, mode === 'manual');
	}

	private async hook(
		workflow: Workflow,
		method: 'checkExists' | 'create' | 'delete',
		mode: WorkflowExecuteMode,
		isTest = false,
	): Promise<boolean | undefined> {
		const data = await this.surroundings();
		return await this.loaded.webhookMethods?.default?.[method].call(
			new HookContext(workflow, nodeIn(workflow), data, mode, 'activate', {
				...this.webhookData(data),
				isTest,
			}),
		);
	}

	private webhookData(data: IWorkflowExecuteAdditionalData): IWebhookData {
		const [description] = this.loaded.description.webhooks ?? [];
		if (description === undefined) throw new Error(`${this.request.node} has no webhook`);
		return {
			httpMethod: 'POST',
			node: 'Trigger',
			path: 'hook-1/webhook',
			webhookDescription: description,
			workflowId: this.workflowId,
			workflowExecuteAdditionalData: data,
		};
	}

	private app(): Express {
		const app = express();
		app.use(express.raw({ type: () => true, limit: '16mb' }));
		app.post('/:kind/hook-1/webhook', async (request: Request<{ kind: string }>, response) => {
			// As n8n's own body parser does it.
			Object.assign(request, {
				rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
			});
			// So that a caller has no connection left to a host that was closed.
			response.set('connection', 'close');
			response.once('close', () => {
				if (!response.writableEnded) this.hangUps++;
			});
			try {
				await this.take(request, response, request.params.kind === 'webhook-test');
			} catch (error) {
				response
					.status(error instanceof RefusedByHost ? error.status : 500)
					.json({ message: 'Error' });
			}
		});
		return app;
	}

	private async take(request: Request, response: Response, isTest: boolean): Promise<void> {
		const workflow = await this.workflow(isTest ? {} : (JSON.parse(this.saved) as IDataObject));
		if (isTest) workflow.setTestStaticData(this.testData ?? {});
		const data = { ...(await this.surroundings()), httpRequest: request, httpResponse: response };
		const result = await this.loaded.webhook?.call(
			new WebhookContext(
				workflow,
				nodeIn(workflow),
				data,
				isTest ? 'manual' : 'webhook',
				this.webhookData(data),
				[],
				null,
			),
		);
		if (result?.noWebhookResponse === true) return;
		if (result?.workflowData === undefined) {
			return void response.json({ message: 'Webhook call received' });
		}

		// n8n builds a second workflow on the same static data here, which forgets that it was changed.
		new Workflow({
			id: this.workflowId,
			nodes: [],
			connections: {},
			active: true,
			nodeTypes: await nodeTypes(),
			staticData: workflow.staticData,
		});
		await new Promise((resolve) => setTimeout(resolve, 5));
		this.executions.push(result.workflowData[0] ?? []);
		await this.betweenStartAndSave(workflow);
		if (!isTest && this.isSaving && workflow.staticData.__dataChanged === true) {
			this.saved = JSON.stringify(workflow.staticData);
		}
		response.json({ message: 'Workflow was started' });
	}
}

function nodeIn(workflow: Workflow): INode {
	const node = workflow.getNode('Trigger');
	if (node === null) throw new Error('the workflow has no trigger');
	return node;
}
