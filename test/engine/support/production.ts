import type { IDataObject, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';
import type { PairName } from '../../pairs';
import type { RunResult } from './harness';
import { operate } from './operations';
import type { Given } from './operations';

let workflows = 0;

/**
 * A workflow of two nodes as n8n keeps it: its executions have the static data that were saved
 * last, as JSON, and save theirs when they end, unless a person runs them in the editor.
 */
export class ProductionHost {
	/** The static data in the database. */
	saved = '{}';
	isActive = true;
	private id = '';

	constructor(
		private readonly pair: PairName,
		private readonly what: `${string}.${string}`,
		private readonly parameters: INodeParameters,
	) {
		this.restart();
	}

	/** Another process of n8n has the workflow from now on: it knows only what was saved. */
	restart(): void {
		this.id = `workflow-${++workflows}`;
	}

	/** One execution; `isKilled` where n8n ends before it saves anything. */
	async run(
		parameters: INodeParameters = {},
		{
			mode = 'trigger',
			isKilled = false,
			staticData = this.saved,
			...given
		}: Given & {
			mode?: WorkflowExecuteMode;
			isKilled?: boolean;
			/** The static data that the execution begins with. */
			staticData?: string;
		} = {},
	): Promise<RunResult> {
		const save = (data: IDataObject) => {
			if (!isKilled) this.saved = JSON.stringify(data);
		};
		return await operate(
			this.pair,
			this.what,
			{ ...this.parameters, ...parameters },
			{
				...given,
				stored: {
					id: this.id,
					mode,
					isActive: this.isActive,
					staticData: JSON.parse(staticData) as IDataObject,
					save,
				},
			},
		);
	}
}
