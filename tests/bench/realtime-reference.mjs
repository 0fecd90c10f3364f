// SPDX-License-Identifier: GPL-3.0-or-later
// The official JavaScript client doing what bench-realtime does: N sessions, a frame every 20 ms each, audio decoded.
// Usage: node realtime-reference.mjs http://127.0.0.1:PORT/v1 N SECONDS; prints CPU seconds a call minute and MB a call.
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';

const [base, count, seconds] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const rate = 24000, frame = rate / 50;
const speech = new Int16Array(frame).map((_, i) => 4000 * Math.sin(i * 0.13));
const silence = new Int16Array(frame);
const client = new OpenAI({ apiKey: 'sk-bench', baseURL: base });
const before = process.memoryUsage().rss;
let heard = 0;

const calls = Array.from({ length: count }, () => {
  const call = new OpenAIRealtimeWS({ model: 'gpt-realtime-2.1' }, client);
  call.ready = false;
  call.on('error', () => {});
  call.on('session.created', () => {
    call.send({ type: 'session.update', event_id: 'a', session: { type: 'realtime', output_modalities: ['audio'], instructions: 'You are Ava.',
      audio: { input: { format: { type: 'audio/pcm', rate }, transcription: { model: 'gpt-transcribe' },
                        turn_detection: { type: 'server_vad', threshold: 0.6, prefix_padding_ms: 300, silence_duration_ms: 600 } },
               output: { format: { type: 'audio/pcm', rate }, voice: 'marin' } } } });
    call.send({ type: 'response.create', event_id: 'b' });
    call.ready = true;
  });
  call.on('response.output_audio.delta', (event) => { heard += Buffer.from(event.delta, 'base64').length; });
  return call;
});

const start = performance.now();
const cpu = process.cpuUsage();
let frames = 0;
const timer = setInterval(() => {
  const due = Math.floor((performance.now() - start) / 20);
  for (; frames < due; frames++) {
    const pcm = (frames * 20) % 6400 >= 5200 ? speech : silence;
    for (const call of calls)
      if (call.ready)
        call.send({ type: 'input_audio_buffer.append', event_id: `f${frames}`,
                    audio: Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64') });
  }
  if (performance.now() - start < seconds * 1000)
    return;
  clearInterval(timer);
  const used = process.cpuUsage(cpu);
  console.log(((used.user + used.system) / 1e6 / count / (seconds / 60)).toFixed(4),
              ((process.memoryUsage().rss - before) / 1048576 / count).toFixed(3), heard);
  process.exit(0);
}, 5);
