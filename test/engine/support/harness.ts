import { resolve } from 'node:path';
import {
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
import type {
	IBinaryKeyData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
	Logger,
	NodeError,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers, Workflow, createRunExecutionData } from 'n8n-workflow';
import './patterns';
import type { PairName } from '../../pairs';

/**
 * Runs the built nodes on n8n's own engine (n8n-core), loaded from `dist` by n8n's own package
 * loader. Only what the n8n server adds around the engine is stood in for: the store of
 * credentials and the workflow's first node.
 */

export type TriggerName = `${PairName}Trigger` | `${PairName}PollingTrigger`;
export type NodeName = PairName | TriggerName;
export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

export interface RunRequest {
	node: NodeName;
	parameters: INodeParameters;
	credential: { apiKey: string; baseUrl: string; webhookSecret?: string };
	/** Input items; one empty item by default. */
	items?: IDataObject[];
	/** The files of each input item. */
	binary?: IBinaryKeyData[];
	onError?: OnError;
	/** Settings of the node as a stored workflow holds them, such as Retry On Fail. */
	settings?: Partial<INode>;
	/** Called with a function that cancels the execution. */
	onStart?: (cancel: () => void) => void;
	/** The workflow's time zone. */
	timezone?: string;
	/** The stored workflow that is run; otherwise one that was never saved, in the editor. */
	stored?: StoredWorkflow;
}

/** What n8n keeps of a workflow between its executions. */
export interface StoredWorkflow {
	id: string;
	mode: WorkflowExecuteMode;
	isActive: boolean;
	/** The static data when the execution begins. */
	staticData: IDataObject;
	/** Called with those that n8n would save when it ends. */
	save(staticData: IDataObject): void;
}

export interface RunResult {
	/** Items of the first output. */
	items: INodeExecutionData[];
	/** Items of the error output. */
	errorItems: INodeExecutionData[];
	/** What stopped the workflow, if something did. */
	error: NodeError | undefined;
	run: IRun;
}

const packageFolder = resolve(__dirname, '../../..');

const builtPackage = (async () => {
	const loader = new PackageDirectoryLoader(packageFolder);
	await loader.loadAll();
	return loader;
})();

/** The first node of a test's workflow: gives out the items of the test. */
class Start implements INodeType {
	description = {
		displayName: 'Start',
		name: 'start',
		group: ['trigger' as const],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main' as const],
		properties: [],
	};
}

export async function nodeTypes(): Promise<INodeTypes> {
	const loader = await builtPackage;
	const find = (type: string): INodeType => {
		if (type === 'test.start') return new Start();
		const loaded = loader.nodeTypes[type.replace(/^.*\./, '')];
		if (loaded === undefined) throw new Error(`${type} is not in the built package`);
		return NodeHelpers.getVersionedNodeType(loaded.type);
	};
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}

/** What a credential type declares about itself. */
export async function credentialType(name: string): Promise<ICredentialType> {
	const loaded = (await builtPackage).credentialTypes[name];
	if (loaded === undefined) throw new Error(`${name} is not in the built package`);
	return loaded.type;
}

/** A node as n8n loaded it. */
export async function nodeType(name: NodeName): Promise<INodeType> {
	return (await nodeTypes()).getByNameAndVersion(`n8n-nodes-creator-chat.${name}`);
}

class Credentials extends ICredentialsHelper {
	constructor(
		private readonly data: ICredentialDataDecryptedObject,
		private readonly types: Record<string, ICredentialType>,
	) {
		super();
	}

	getParentTypes = () => [];
	isCredentialUsableByNode = () => true;
	preAuthentication = () => Promise.resolve(undefined);
	runPreAuthentication = () => Promise.resolve(undefined);
	getDecrypted = () => Promise.resolve({ ...this.data });
	updateCredentials = () => Promise.resolve();
	updateCredentialsOauthTokenData = () => Promise.resolve();
	getCredentials = () => Promise.reject(new Error('not used by the engine'));
	getCredentialsProperties = (type: string) => this.types[type]?.properties ?? [];

	override authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const authenticate = this.types[typeName]?.authenticate;
		if (typeof authenticate !== 'function') {
			throw new Error(`${typeName} does not authenticate requests`);
		}
		return await authenticate(credentials, requestOptions);
	};
}

let executions = 0;

/** What the server adds around the engine; `url` is where its webhooks are called. */
export async function additionalData(
	credential: RunRequest['credential'],
	url = 'http://127.0.0.1:5678/',
): Promise<IWorkflowExecuteAdditionalData> {
	const loader = await builtPackage;
	const types = Object.fromEntries(
		Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type]),
	);
	const never = () => Promise.reject(new Error('not used in these tests'));
	return {
		credentialsHelper: new Credentials(credential, types),
		externalSecretsProxy: new ExternalSecretsProxy(),
		executeWorkflow: never,
		getRunExecutionData: never,
		getRuntimeCredential: never,
		startRunnerTask: never,
		executionId: `engine-test-${++executions}`,
		currentNodeExecutionIndex: 0,
		restApiUrl: url,
		instanceBaseUrl: url,
		formBaseUrl: url,
		formWaitingBaseUrl: url,
		formTestBaseUrl: url,
		webhookBaseUrl: `${url}webhook`,
		webhookWaitingBaseUrl: url,
		webhookTestBaseUrl: `${url}webhook-test`,
		mcpBaseUrl: url,
		mcpTestBaseUrl: url,
		variables: {},
		logAiEvent: () => undefined,
	};
}

async function workflowOf(request: Omit<RunRequest, 'items'>): Promise<Workflow> {
	const type = await nodeType(request.node);
	const node: INode = {
		id: 'node',
		name: 'Node',
		type: `n8n-nodes-creator-chat.${request.node}`,
		typeVersion: 1,
		position: [200, 0],
		parameters: { resource: 'message', ...request.parameters },
		credentials: Object.fromEntries(
			(type.description.credentials ?? []).map(({ name }) => [name, { id: '1', name }]),
		),
		onError: request.onError ?? 'stopWorkflow',
		...request.settings,
	};
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: 'test.start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	return new Workflow({
		id: request.stored?.id ?? 'workflow',
		nodes: [start, node],
		connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		active: request.stored?.isActive ?? false,
		nodeTypes: await nodeTypes(),
		staticData: request.stored?.staticData,
		settings: { executionOrder: 'v1', timezone: request.timezone ?? 'UTC' },
	});
}

/** Executes a workflow whose first node, Start, gives out the items. */
export async function execute(
	workflow: Workflow,
	credential: RunRequest['credential'],
	input: INodeExecutionData[],
	onStart?: (cancel: () => void) => void,
	stored?: StoredWorkflow,
): Promise<IRun> {
	const data = await additionalData(credential);
	const mode = stored?.mode ?? 'manual';
	data.hooks = new ExecutionLifecycleHooks(mode, data.executionId ?? '', {
		id: 'workflow',
		name: 'Engine test',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: Object.values(workflow.nodes),
		connections: workflow.connectionsBySourceNode,
	});
	// As n8n's own handler does, before those of the nodes.
	data.hooks.addHandler('workflowExecuteAfter', (_run, staticData) => {
		if (mode !== 'manual' && staticData !== undefined) stored?.save(staticData);
	});
	const start = workflow.getNode('Start');
	if (start === null) throw new Error('the workflow has no start');
	const runData = createRunExecutionData({
		resultData: { runData: {}, pinData: { Start: input } },
		executionData: { nodeExecutionStack: [{ node: start, data: { main: [input] }, source: null }] },
	});
	const execution = new WorkflowExecute(data, mode, runData).processRunExecutionData(workflow);
	onStart?.(() => execution.cancel());
	return await execution;
}

/** Runs a workflow of two nodes, the items of the test and the node under test, on the engine. */
export async function run(request: RunRequest): Promise<RunResult> {
	const workflow = await workflowOf(request);
	const input = (request.items ?? [{}]).map((json, index) => ({
		json,
		pairedItem: { item: index },
		...(request.binary?.[index] && { binary: request.binary[index] }),
	}));
	const result = await execute(
		workflow,
		request.credential,
		input,
		request.onStart,
		request.stored,
	);
	const [task] = result.data.resultData.runData.Node ?? [];
	const [items, errorItems] = task?.data?.main ?? [];
	return {
		items: items ?? [],
		errorItems: errorItems ?? [],
		error: (task?.error ?? result.data.resultData.error) as NodeError | undefined,
		run: result,
	};
}

/** Asks a resource locator's list as the editor does. */
export async function search(
	request: Omit<RunRequest, 'items' | 'onStart'>,
	method: 'getAccounts' | 'getAlbums' | 'getChats' | 'getFanLists' | 'getVaultFiles',
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const workflow = await workflowOf(request);
	const node = workflow.getNode('Node');
	const find = (await nodeType(request.node)).methods?.listSearch?.[method];
	if (node === null || find === undefined) throw new Error(`${request.node} has no ${method}`);
	const data = await additionalData(request.credential);
	data.currentNodeParameters = node.parameters;
	await workflow.expression.acquireIsolate();
	const context = new LoadOptionsContext(workflow, node, data, '');
	return await find.call(context, filter, paginationToken);
}

/** n8n's own logger, as nodes have it. */
export async function loggerOf(request: Omit<RunRequest, 'items' | 'onStart'>): Promise<Logger> {
	const workflow = await workflowOf(request);
	const node = workflow.getNode('Node');
	if (node === null) throw new Error('the workflow has no node');
	return new LoadOptionsContext(workflow, node, await additionalData(request.credential), '')
		.logger;
}

/** Asks a dropdown's list as the editor does. */
export async function dropdown(
	request: Omit<RunRequest, 'items' | 'onStart'>,
	method: string,
): Promise<INodePropertyOptions[]> {
	const workflow = await workflowOf(request);
	const node = workflow.getNode('Node');
	const load = (await nodeType(request.node)).methods?.loadOptions?.[method];
	if (node === null || load === undefined) throw new Error(`${request.node} has no ${method}`);
	const data = await additionalData(request.credential);
	data.currentNodeParameters = node.parameters;
	await workflow.expression.acquireIsolate();
	return await load.call(new LoadOptionsContext(workflow, node, data, ''));
}
