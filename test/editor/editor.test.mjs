import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ONLYFANS } from '../host/exampleRuns.mjs';
import { PAIRS } from '../host/pairs.mjs';
import { Stand } from '../host/stand.mjs';
import { Editor } from './editor.mjs';
import { panelsOf } from './panels.mjs';

describe('a person in the editor of a real n8n, in Chromium', () => {
	let stand;
	let editor;

	before(async () => {
		stand = await Stand.open();
		const login = JSON.parse(readFileSync(join(stand.userFolder, 'login.json'), 'utf8'));
		editor = await Editor.open(stand.n8n.url, login);
	});

	after(async () => {
		await editor?.close();
		await stand?.close();
	});

	/** A test that nothing goes wrong in behind the screen either; what fails is photographed. */
	function walk(name, work) {
		test(name, async () => {
			editor.complaints.length = 0;
			try {
				await work();
				assert.deepEqual(editor.complaints, []);
			} catch (error) {
				const screen = await editor.photograph();
				throw new Error(`${error.message}\n\nThe screen: ${screen}`, { cause: error });
			}
		});
	}

	const fanWrites = (text) => stand.simulator.fanWrites(ONLYFANS, ONLYFANS.shortChat, { text });
	const sentTexts = async () =>
		(await stand.simulator.messages(ONLYFANS, ONLYFANS.shortChat))
			.filter(({ direction }) => direction === 'outgoing')
			.map(({ text }) => text);

	walk(
		'adds the node, makes a credential, picks account and chat, and lists messages',
		async () => {
			await editor.newWorkflow();
			await editor.addFirst(ONLYFANS.displayName, 'List messages');
			await editor.makeCredential({
				'API Key': ONLYFANS.apiKey,
				'Base URL': stand.simulator.urls.ofapi,
			});
			assert.match(await editor.credentialTest(), /Connection tested successfully/);
			assert.deepEqual(await editor.lookUp('Account'), [
				'Luna Star (@lunastar)',
				'Mia Moon (@miamoon) – needs to sign in again',
			]);
			await editor.choose('Account', 'Luna Star (@lunastar)');
			await editor.lookUp('Chat', 'sam');
			await editor.choose('Chat', 'Sam Reed (@samreed)');
			await editor.execute();
			const rows = await editor.table();
			const stored = await stand.simulator.messages(ONLYFANS, ONLYFANS.longChat);
			assert.equal(rows[0].id, stored.at(-1).id);
			assert.equal(rows[0].chatId, ONLYFANS.longChat);
		},
	);

	walk('builds an auto-reply by dragging, publishes it, and sees it answer', async () => {
		await editor.newWorkflow();
		await editor.addFirst(ONLYFANS.displayName, 'On tip received');
		await editor.panel.getByText('Tip Received', { exact: true }).waitFor();
		await editor.newWorkflow();
		await editor.addFirst(ONLYFANS.displayName, 'On message received');
		await editor.listenDuring(() => fanWrites('Is anybody there?'));
		const [item] = await editor.table();
		assert.equal(item.text, 'Is anybody there?');
		assert.equal(item.fanName, 'Tom Baker');
		await editor.closeNode();

		await editor.addNext(ONLYFANS.displayName, 'Send a message');
		await editor.drag('accountId', 'Account');
		await editor.drag('chatId', 'Chat');
		await editor.write('Text', 'Hi! I read all of your messages.');
		await editor.addField('Additional Fields', 'Price (USD)');
		await editor.write('Price (USD)', '2');
		assert.match(
			await editor.executeInVain(),
			/'Price \(USD\)' has to be 0 or between 3 and 200 dollars/,
		);
		await editor.removeField('Price (USD)');
		await editor.closeNode();

		const sent = await sentTexts();
		await editor.publish();
		await fanWrites('And now?');
		assert.match(await editor.newestExecution(), /Succeeded/);
		assert.deepEqual(await sentTexts(), [...sent, 'Hi! I read all of your messages.']);
	});

	for (const pair of PAIRS)
		walk(`opens every panel of ${pair.displayName}, whose fields all have a label`, async () => {
			const workflow = await stand.save(await panelsOf(pair, stand.client));
			await editor.openWorkflow(workflow);
			const wrong = [];
			for (const { name } of workflow.nodes) {
				await editor.openNode(name);
				const without = await editor.fieldsWithoutLabel();
				if (without.length > 0) wrong.push(`${name}: ${without.join(', ')}`);
				await editor.closeNode();
			}
			assert.deepEqual(wrong, []);
		});
});
