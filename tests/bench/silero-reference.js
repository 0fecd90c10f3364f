#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// The same network in onnxruntime: a probability a line for each chunk of the samples in a file
// (16 kHz, signed 16 bit), then the [ns] that a chunk took, the best of three rounds.
// Usage: AVA_SILERO_NETWORK=F NODE_PATH=… silero-reference.js SAMPLES
const fs = require("fs");
const ort = require("onnxruntime-node");

const CHUNK = 512, CONTEXT = 64, ROUNDS = 3;

async function main() {
  const session = await ort.InferenceSession.create(process.env.AVA_SILERO_NETWORK, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const raw = fs.readFileSync(process.argv[2]);
  const samples = Float32Array.from({ length: raw.length / 2 }, (_, i) => raw.readInt16LE(2 * i) / 32768);
  const rate = new ort.Tensor("int64", BigInt64Array.from([16000n]), []);
  let said, best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    let state = new ort.Tensor("float32", new Float32Array(2 * 128), [2, 1, 128]);
    let context = new Float32Array(CONTEXT);
    const start = process.hrtime.bigint();
    said = [];
    for (let at = 0; at + CHUNK <= samples.length; at += CHUNK) {
      const input = new Float32Array(CONTEXT + CHUNK);
      input.set(context);
      input.set(samples.subarray(at, at + CHUNK), CONTEXT);
      context = input.slice(CHUNK);
      const result = await session.run({ input: new ort.Tensor("float32", input, [1, CONTEXT + CHUNK]), state, sr: rate });
      state = result.stateN;
      said.push(result.output.data[0]);
    }
    best = Math.min(best, Number(process.hrtime.bigint() - start) / said.length);
  }
  console.log(said.map(p => p.toFixed(8)).join("\n"));
  console.log(best.toFixed(0));
}

main().catch(error => { console.error(`silero-reference: ${error.message}`); process.exit(1); });
