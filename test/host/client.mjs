import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8N_HOME } from './paths.mjs';

const POLL_MS = 100;
const EXECUTION_MS = 300_000;
const PUBLICATION_MS = 300_000;
/** What an execution is before it has ended. */
export const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

/** The nodes that a person can have a workflow begin at. */
const STARTED_BY_HAND = new Set(['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.scheduleTrigger']);

/** The library that n8n writes run data with; it is there once n8n is installed. */
const flatted = () =>
	createRequire(join(N8N_HOME, 'node_modules', 'n8n', 'package.json'))('flatted');

/** An answer of n8n's REST API that is not a success. */
export class RestError extends Error {
	name = 'RestError';

	constructor(method, path, status, text) {
		super(`n8n answered ${status} to ${method} ${path}: ${text.slice(0, 500)}`);
		this.status = status;
	}
}

/** As fetch, but a connection that n8n closed at that very moment does not count against a GET. */
async function fetchAgain(url, options) {
	try {
		return await fetch(url, options);
	} catch (error) {
		if (options.method !== 'GET') throw error;
		return fetch(url, options);
	}
}

/** A client for the REST API that n8n's own editor uses. */
export class N8nClient {
	#cookies = new Map();

	constructor(url) {
		this.url = url;
	}

	/**
	 * Whether n8n has opened, with all that the next steps need: its database, its REST API, and who may
	 * log in. Before that it answers with a page that asks to wait, or with the JSON of a 404.
	 */
	async isReady() {
		try {
			const settings = await fetch(`${this.url}/rest/settings`);
			if (!settings.ok || (await settings.json()).data?.userManagement === undefined) return false;
			return (await fetch(`${this.url}/healthz/readiness`)).ok;
		} catch {
			return false;
		}
	}

	/** Any path of the server, logged in. */
	async fetch(path, { method = 'GET', body } = {}) {
		const response = await fetchAgain(this.url + path, {
			method,
			headers: {
				cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		for (const cookie of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
			this.#cookies.set(name, value);
		}
		if (!response.ok) throw new RestError(method, path, response.status, await response.text());
		return response;
	}

	async #rest(method, path, body) {
		const { data } = await (await this.fetch(`/rest${path}`, { method, body })).json();
		return data;
	}

	/** Whether nobody has set up this n8n yet. */
	async needsOwner() {
		const { userManagement } = await this.#rest('GET', '/settings');
		return userManagement.showSetupOnFirstLoad;
	}

	/** Creates the owner and logs in as that. */
	async setUpOwner({ email, password }) {
		await this.#rest('POST', '/owner/setup', {
			email,
			password,
			firstName: 'Demo',
			lastName: 'Owner',
		});
	}

	async logIn({ email, password }) {
		await this.#rest('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/** The community packages that n8n lists as installed. */
	async communityPackages() {
		return this.#rest('GET', '/community-packages');
	}

	/** The descriptions that n8n has of node types, in the order asked for. */
	async nodeTypes(names) {
		return this.#rest('POST', '/node-types', {
			nodeInfos: names.map((name) => ({ name, version: 1 })),
		});
	}

	/** The descriptions of all credential types that n8n knows. */
	async credentialTypes() {
		return (await this.fetch('/types/credentials.json')).json();
	}

	/** Creates the credential, or overwrites the one with its name and type; gives it with its ID. */
	async saveCredential({ name, type, data }) {
		const existing = (await this.#rest('GET', '/credentials')).find(
			(one) => one.name === name && one.type === type,
		);
		const { id } = existing
			? await this.#rest('PATCH', `/credentials/${existing.id}`, { name, type, data })
			: await this.#rest('POST', '/credentials', { name, type, data });
		return { id, name, type, data };
	}

	/** The verdict of the credential's test, as the editor shows it: `{ status, message }`. */
	async testCredential(credential) {
		return this.#rest('POST', '/credentials/test', { credentials: credential });
	}

	/** Creates the workflow, or overwrites the one with its name; gives it as n8n stored it. */
	async saveWorkflow(workflow) {
		const existing = (await this.#rest('GET', '/workflows')).find(
			(one) => one.name === workflow.name,
		);
		return existing
			? this.#rest('PATCH', `/workflows/${existing.id}`, workflow)
			: this.#rest('POST', '/workflows', { active: false, ...workflow });
	}

	/** Runs a stored workflow from its trigger to its end; gives the finished execution. */
	async runWorkflow(workflow) {
		const trigger = workflow.nodes.find(({ type }) => STARTED_BY_HAND.has(type));
		const body = { workflowData: workflow, triggerToStartFrom: { name: trigger.name } };
		const { executionId } = await this.#rest('POST', `/workflows/${workflow.id}/run`, body);
		for (const deadline = Date.now() + EXECUTION_MS; Date.now() < deadline; await sleep(POLL_MS)) {
			const execution = await this.#rest('GET', `/executions/${executionId}`);
			if (UNFINISHED.has(execution.status)) continue;
			const finished = new Execution(execution);
			if (finished.isWhole) return finished;
		}
		throw new Error(
			`The workflow "${workflow.name}" did not end within ${EXECUTION_MS / 1000} seconds`,
		);
	}

	/** Runs a failed execution again from where it stood, as the editor's button does; gives how the new one ended. */
	async retryExecution(id) {
		const { id: retried, status } = await this.#rest('POST', `/executions/${id}/retry`, {
			loadWorkflow: false,
		});
		return { id: retried, status };
	}

	/** Makes the workflow as it is stored the one that runs in production; throws when a trigger does not start. */
	async activate({ id, name }) {
		const { versionId } = await this.#rest('GET', `/workflows/${id}`);
		await this.#rest('POST', `/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await this.#publication(id);
		if (status === 'published') return;
		const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new Error(`The workflow "${name}" is ${status}: ${reasons.join(', ')}`);
	}

	/** Takes the workflow out of production. */
	async deactivate({ id }) {
		await this.#rest('POST', `/workflows/${id}/deactivate`, {});
		await this.#publication(id);
	}

	/** What came of taking the workflow into production or out of it, which goes on after n8n has answered. */
	async #publication(id) {
		for (
			const deadline = Date.now() + PUBLICATION_MS;
			Date.now() < deadline;
			await sleep(POLL_MS)
		) {
			const publication = await this.#rest('GET', `/workflows/${id}/publication-status`).catch(
				(error) => {
					// An n8n that publishes before it answers keeps no record of it.
					if (error instanceof RestError && error.status === 404) return { status: 'published' };
					throw error;
				},
			);
			if (publication.status !== 'in_progress') return publication;
		}
		throw new Error(`n8n did not finish publishing within ${PUBLICATION_MS / 1000} seconds`);
	}

	/** Has the trigger wait for one event at its test address, as the editor's button does. */
	async listen(workflow, trigger) {
		const body = { workflowData: workflow, triggerToStartFrom: { name: trigger } };
		return this.#rest('POST', `/workflows/${workflow.id}/run`, body);
	}

	/** The data table with that name, made with these columns where there is none: name by type. */
	async dataTable(name, columns) {
		const { id: project } = await this.#rest('GET', '/projects/personal');
		const path = `/projects/${project}/data-tables`;
		const { data } = await this.#rest('GET', `${path}?take=100`);
		const existing = data.find((one) => one.name === name);
		const { id } =
			existing ??
			(await this.#rest('POST', path, {
				name,
				columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })),
			}));
		return { id, path: `${path}/${id}` };
	}

	/** A data table with that name and these columns and without a row, in place of an earlier one. */
	async newDataTable(name, columns) {
		const { path } = await this.dataTable(name, columns);
		await this.#rest('DELETE', path);
		return this.dataTable(name, columns);
	}

	/** How many rows the table has, and the first of them, up to 100. */
	async rows({ path }) {
		const { data, count } = await this.#rest('GET', `${path}/rows?take=100`);
		return { rows: data, count };
	}

	async addRow({ path }, row) {
		await this.#rest('POST', `${path}/insert`, { data: [row], returnType: 'count' });
	}

	/** Deletes the table's rows with that value in the column. */
	async deleteRows({ path }, columnName, value) {
		const filter = { type: 'and', filters: [{ columnName, condition: 'eq', value }] };
		await this.#rest('DELETE', `${path}/rows?filter=${encodeURIComponent(JSON.stringify(filter))}`);
	}

	/** What a resource locator's list shows: `{ results }`. */
	async searchList({ nodeType, field, methodName, credential, parameters = {} }) {
		return this.#rest('POST', '/dynamic-node-parameters/resource-locator-results', {
			nodeTypeAndVersion: { name: nodeType, version: 1 },
			path: `parameters.${field}`,
			methodName,
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			currentNodeParameters: parameters,
		});
	}
}

/** A finished execution, readable. */
export class Execution {
	constructor({ id, status, mode, data }) {
		this.id = id;
		this.status = status;
		this.mode = mode;
		this.data = flatted().parse(data);
	}

	/** Whether what happened in it is stored: n8n 1 stores first how it ended. */
	get isWhole() {
		const { error, runData = {} } = this.data?.resultData ?? {};
		return this.status === 'crashed' || error !== undefined || Object.keys(runData).length > 0;
	}

	/** The error that ended it, as the editor shows it; undefined after success. */
	get error() {
		return this.data.resultData.error?.message;
	}

	/** The items that a node put out on its first output. */
	items(node) {
		return this.data?.resultData.runData?.[node]?.[0].data?.main[0] ?? [];
	}

	/** Whether the text stands anywhere in what n8n stored. */
	contains(text) {
		return JSON.stringify(this.data ?? null).includes(text);
	}
}
