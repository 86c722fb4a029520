import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RestError } from './client.mjs';
import { Database } from './database.mjs';
import { PACKAGE } from './package.mjs';
import { nodeTypesOf, PAIRS } from './pairs.mjs';
import { readJson } from './paths.mjs';
import { Problem } from './problem.mjs';

/** n8n asks for at least eight characters, one of them a digit, one a capital letter. */
function generatedPassword() {
	return `Demo1-${randomBytes(9).toString('base64url')}`;
}

/** Logs the client in as the owner of that n8n, created now or at an earlier start; gives the login. */
export async function logInAsOwner({ client, userFolder }) {
	const file = join(userFolder, 'login.json');
	if (await client.needsOwner()) {
		const login = { email: 'demo@example.com', password: generatedPassword() };
		mkdirSync(userFolder, { recursive: true });
		writeFileSync(file, JSON.stringify(login), { mode: 0o600 });
		await client.setUpOwner(login);
		return login;
	}
	const login = readJson(file) ?? {};
	try {
		await client.logIn(login);
	} catch (error) {
		if (!(error instanceof RestError)) throw error;
		throw new Problem(
			`The demo login was changed since the last start: begin anew with npm start -- --fresh.`,
		);
	}
	return login;
}

const MODEL_CREDENTIAL = 'openAiApi';

/** What ApiFansly signs its deliveries with: chosen in its console and copied into the credential. */
export const WEBHOOK_SECRET = 'simulator-webhook-secret';

/** The data of a pair's credential for the simulator. */
export function credentialData(pair, simulator) {
	const webhookSecret = pair.provider === 'apiFansly' ? { webhookSecret: WEBHOOK_SECRET } : {};
	return { apiKey: pair.apiKey, baseUrl: simulator.urls[pair.provider], ...webhookSecret };
}

/** Stores a credential for each pair, made for the simulator; gives them by credential type. */
export async function saveCredentials(client, simulator) {
	const credentials = {};
	for (const pair of PAIRS) {
		credentials[pair.credentialType] = await client.saveCredential({
			name: `${pair.displayName}, simulator`,
			type: pair.credentialType,
			data: credentialData(pair, simulator),
		});
	}
	return credentials;
}

/** Stores OpenAI's credential, made for the fake model; gives it. */
export async function saveModelCredential(client, model) {
	return client.saveCredential({
		name: 'Fake model',
		type: MODEL_CREDENTIAL,
		data: { apiKey: 'fake', url: model.url, header: false },
	});
}

/** The type of the credential that a node wants; undefined where it wants none. */
function credentialTypeOf({ type }) {
	if (type === '@n8n/n8n-nodes-langchain.lmChatOpenAi') return MODEL_CREDENTIAL;
	// As an agent's tool, a node's type has a word more.
	return PAIRS.find((pair) => nodeTypesOf(pair).includes(type.replace(/Tool$/, '')))
		?.credentialType;
}

/** The workflow with the stored credentials, by their types, attached to the nodes that want one. */
export function withCredentials(workflow, credentials) {
	const credentialOf = (node) => {
		const credentialType = credentialTypeOf(node);
		if (credentials[credentialType] === undefined) return {};
		const { id, name } = credentials[credentialType];
		return { credentials: { [credentialType]: { id, name } } };
	};
	return { ...workflow, nodes: workflow.nodes.map((node) => ({ ...node, ...credentialOf(node) })) };
}

/**
 * Enters the package into n8n's list of installed community packages, as its own installer would
 * have: that one takes packages from the registry alone.
 */
export async function listAsInstalled({ client, userFolder }) {
	const database = new Database(userFolder);
	const descriptions = await client.nodeTypes(PAIRS.flatMap(nodeTypesOf));
	await database.execute('DELETE FROM installed_nodes WHERE package = ?', PACKAGE.name);
	await database.execute('DELETE FROM installed_packages WHERE packageName = ?', PACKAGE.name);
	await database.execute(
		`INSERT INTO installed_packages (packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt)
			VALUES (?, ?, ?, ?, datetime('now'), datetime('now'))`,
		...[PACKAGE.name, PACKAGE.version, PACKAGE.author.name, PACKAGE.author.email],
	);
	for (const { name, displayName } of descriptions) {
		await database.execute(
			'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, 1, ?)',
			...[displayName, `${PACKAGE.name}.${name}`, PACKAGE.name],
		);
	}
	await database.close();
}
