import { RoutingNode } from 'n8n-core';
import type {
	EngineRequest,
	EngineResponse,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
} from 'n8n-workflow';
import { NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type { PairName } from '../../pairs';
import { execute, nodeTypes } from './harness';
import type { RunRequest } from './harness';

/**
 * An agent without a model, on n8n's engine: its calls are written into its input items. The tools
 * are called by n8n's own code, in both of its ways: `inline` as Agent before version 3 does, with
 * the agent's own execution data, and `engine` as Agent 3 does, by a request to the engine.
 */

export interface ToolCall {
	/** The name of the tool's node. */
	tool: string;
	args: IDataObject;
}

export interface Tool {
	name: string;
	node: PairName;
	parameters: INodeParameters;
	settings?: Partial<INode>;
}

export interface AgentRequest {
	way: 'engine' | 'inline';
	tools: Tool[];
	/** The calls that the agent makes, by input item. */
	calls: ToolCall[][];
	/** Whether the agent makes the calls of an item all at once. */
	inParallel?: boolean;
	credential: RunRequest['credential'];
}

/** What a call gave to the agent: the tool's items, or what it said instead. */
export interface ToolAnswer {
	items: IDataObject[];
	error?: string;
}

/** A tool as n8n's chat models are given it. */
interface ModelTool {
	name: string;
	invoke(args: IDataObject): Promise<string>;
}

const callsIn = ({ json }: INodeExecutionData): ToolCall[] => json.calls as unknown as ToolCall[];

/** n8n makes the name of a tool of the name of its node. */
const toolName = (node: string) => node.replace(/\W+/g, '_');

async function call(tools: ModelTool[], { tool, args }: ToolCall): Promise<ToolAnswer> {
	const found = tools.find(({ name }) => name === toolName(tool));
	if (found === undefined) throw new Error(`the agent has no tool ${tool}`);
	try {
		return { items: JSON.parse(await found.invoke(args)) as IDataObject[] };
	} catch (error) {
		return { items: [], error: error instanceof Error ? error.message : String(error) };
	}
}

class Agent implements INodeType {
	description = {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform' as const],
		version: 1,
		description: '',
		defaults: { name: 'Agent' },
		inputs: [{ type: NodeConnectionTypes.Main }, { type: NodeConnectionTypes.AiTool }],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Way', name: 'way', type: 'string' as const, default: 'inline' },
			{ displayName: 'In Parallel', name: 'inParallel', type: 'boolean' as const, default: false },
		],
	};

	async execute(
		this: IExecuteFunctions,
		response?: EngineResponse,
	): Promise<INodeExecutionData[][] | EngineRequest> {
		const items = this.getInputData();
		if (this.getNodeParameter('way', 0) === 'inline') {
			const answers: ToolAnswer[] = [];
			for (const [itemIndex, item] of items.entries()) {
				const tools = (await this.getInputConnectionData(
					NodeConnectionTypes.AiTool,
					itemIndex,
				)) as ModelTool[];
				if (this.getNodeParameter('inParallel', 0) === true) {
					answers.push(...(await Promise.all(callsIn(item).map((one) => call(tools, one)))));
				} else {
					for (const one of callsIn(item)) answers.push(await call(tools, one));
				}
			}
			return [answers.map((answer) => ({ json: { ...answer } }))];
		}
		if (response === undefined || response.actionResponses.length === 0) {
			const actions = items.flatMap((item, itemIndex) =>
				callsIn(item).map(({ tool, args }, index) => ({
					actionType: 'ExecutionNodeAction' as const,
					nodeName: tool,
					input: args as never,
					type: NodeConnectionTypes.AiTool,
					id: `${itemIndex}/${index}`,
					metadata: { itemIndex },
				})),
			);
			return { actions, metadata: {} };
		}
		const answers = response.actionResponses.map(({ data }): ToolAnswer => ({
			items: data.error ? [] : (data.data?.ai_tool?.[0] ?? []).map(({ json }) => json),
			// All that n8n tells the model of an error.
			...(data.error && { error: data.error.message }),
		}));
		return [answers.map((answer) => ({ json: { ...answer } }))];
	}
}

/** The node as the tool that the n8n server makes of it. */
function asTool(type: INodeType): INodeType {
	const description = {
		...type.description,
		name: `${type.description.name}Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	return {
		description,
		methods: type.methods,
		async execute() {
			return (await new RoutingNode(this as never, type).runNode()) ?? [];
		},
	};
}

async function agentTypes(): Promise<INodeTypes> {
	const types = await nodeTypes();
	const find = (type: string): INodeType => {
		if (type === 'test.agent') return new Agent();
		const found = types.getByNameAndVersion(type.replace(/Tool$/, ''));
		return type.endsWith('Tool') ? asTool(found) : found;
	};
	return { ...types, getByName: find, getByNameAndVersion: find };
}

/** Runs the agent over its input items; gives what each call gave, in the order of the calls. */
export async function runAgent({
	way,
	tools,
	calls,
	inParallel = false,
	credential,
}: AgentRequest): Promise<{ answers: ToolAnswer[]; run: IRun }> {
	const nodeTypesOfAgent = await agentTypes();
	const start: INode = {
		id: 'start',
		name: 'Start',
		type: 'test.start',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const agent: INode = {
		id: 'agent',
		name: 'Agent',
		type: 'test.agent',
		typeVersion: 1,
		position: [200, 0],
		parameters: { way, inParallel },
	};
	const toolNodes = tools.map(({ name, node, parameters, settings }, index): INode => {
		const { credentials = [] } = nodeTypesOfAgent.getByNameAndVersion(node).description;
		return {
			id: `tool${index}`,
			name,
			type: `n8n-nodes-creator-chat.${node}Tool`,
			typeVersion: 1,
			position: [200, 200],
			parameters: {
				resource: 'message',
				descriptionType: 'manual',
				toolDescription: 'A tool',
				...parameters,
			},
			credentials: Object.fromEntries(
				credentials.map(({ name: credentialName }) => [
					credentialName,
					{ id: '1', name: credentialName },
				]),
			),
			...settings,
		};
	});
	const workflow = new Workflow({
		id: 'workflow',
		nodes: [start, agent, ...toolNodes],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			...Object.fromEntries(
				tools.map(({ name }) => [
					name,
					{ ai_tool: [[{ node: 'Agent', type: 'ai_tool' as const, index: 0 }]] },
				]),
			),
		},
		active: false,
		nodeTypes: nodeTypesOfAgent,
		settings: { executionOrder: 'v1', timezone: 'UTC' },
	});
	const input = calls.map((ofItem, item) => ({
		json: { calls: ofItem as unknown as IDataObject[] },
		pairedItem: { item },
	}));
	const run = await execute(workflow, credential, input);
	const task = run.data.resultData.runData.Agent?.at(-1);
	const answers = (task?.data?.main?.[0] ?? []).map(({ json }) => json as unknown as ToolAnswer);
	return { answers, run };
}
