// SPDX-License-Identifier: GPL-3.0-or-later
// The official JavaScript client doing what bench-realtime does: N sessions, a frame every 20 ms each, audio decoded.
// Usage: node realtime-reference.mjs http://127.0.0.1:PORT/v1 N SECONDS
// Prints CPU seconds a call minute, MB a call, calls that were lost, and the share of frames that were sent.
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';

const [base, count, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const rate = 24000, frame = rate / 50, cycle = 6400, quiet = 5200;
const speech = new Int16Array(frame).map((_, i) => 4000 * Math.sin(i * 0.13));
const room = new Int16Array(frame).map((_, i) => 20 * Math.sin(i * 1.1));
const client = new OpenAI({ apiKey: 'sk-bench', baseURL: base });
const before = process.memoryUsage().rss;

const calls = Array.from({ length: count }, (_, i) => {
  const call = new OpenAIRealtimeWS({ model: 'gpt-realtime-2.1' }, client);
  Object.assign(call, { ready: false, greeted: false, lost: false, heard: 0, offset: Math.floor(i * cycle / count) });
  call.on('error', () => {});
  call.socket.on('close', () => { call.lost = true; call.ready = false; });
  call.on('session.created', () => {
    call.send({ type: 'session.update', event_id: 'a', session: { type: 'realtime', output_modalities: ['audio'], instructions: 'You are Ava.',
      audio: { input: { format: { type: 'audio/pcm', rate }, transcription: { model: 'gpt-transcribe' },
                        turn_detection: { type: 'server_vad', threshold: 0.6, prefix_padding_ms: 300, silence_duration_ms: 600 } },
               output: { format: { type: 'audio/pcm', rate }, voice: 'marin' } } } });
    call.send({ type: 'response.create', event_id: 'b' });
    call.ready = true;
  });
  call.on('response.output_audio.delta', (event) => {
    call.heard += Buffer.from(event.delta, 'base64').length;
    call.greeted = true;
  });
  return call;
});

const start = performance.now();
let frames = 0, sent = 0, measured = null;

function beat() {
  const due = Math.floor((performance.now() - start) / 20);
  for (; frames < due; frames++) {
    for (const call of calls) {
      if (!call.ready)
        continue;
      const pcm = (frames * 20 + call.offset) % cycle >= quiet ? speech : room;
      call.send({ type: 'input_audio_buffer.append', event_id: `f${frames}`,
                  audio: Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64') });
      sent++;
    }
  }
  const waited = performance.now() - start > 60000;
  if (measured === null && (waited || calls.every((call) => call.greeted || call.lost)))
    measured = { at: performance.now(), cpu: process.cpuUsage(), sent, frames };
  if (measured === null || performance.now() - measured.at < seconds * 1000) {
    setTimeout(beat, start + (frames + 1) * 20 - performance.now());
    return;
  }
  const used = process.cpuUsage(measured.cpu);
  console.log(((used.user + used.system) / 1e6 / count / (seconds / 60)).toFixed(5),
              ((process.memoryUsage().rss - before) / 1048576 / count).toFixed(3),
              calls.filter((call) => call.lost || !call.greeted).length,
              ((sent - measured.sent) / ((frames - measured.frames) * count)).toFixed(3));
  process.exit(0);
}

beat();
