/*
 * npm's `@wordpress/shortcode` as a worker; `protocol.py` says how it talks. It is given the folder
 * that the package was installed into. It replaces one tag at a time, and reads attributes always.
 */
'use strict';

const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { join } = require('node:path');

const load = createRequire(join(process.argv[2], 'worker.cjs'));
const { replace } = load('@wordpress/shortcode');
const { version } = load('@wordpress/shortcode/package.json');

let text = '';
let tags = [];

const answer = (object) => process.stdout.write(JSON.stringify(object) + '\n');

function run(repeat) {
	let output, calls;
	const begin = process.hrtime.bigint();
	for (let round = 0; round < repeat; round++) {
		output = text;
		calls = 0;
		for (const tag of tags) {
			output = replace(tag, output, () => {
				calls++;
				return '';
			});
		}
	}
	const seconds = Number(process.hrtime.bigint() - begin) / 1e9 / repeat;
	return { seconds, output: Buffer.byteLength(output), shortcodes: calls };
}

answer({ version });
createInterface({ input: process.stdin }).on('line', (line) => {
	const request = JSON.parse(line);
	try {
		if ('load' in request) {
			text = readFileSync(request.load, 'utf8');
			tags = request.tags;
			answer({ bytes: Buffer.byteLength(text) });
		} else {
			answer(run(request.repeat));
		}
	} catch (error) {
		answer({ error: error.name });
	}
});
