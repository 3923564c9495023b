// Benchmarks of Node: peers.mjs WORKLOAD SIZE [CLIENT...] prints "sample NANOSECONDS 0". With size 0 it only says, by its
// status, whether it knows the workload. The client is a command that echo servers have call them: PORT and REQUESTS in it are
// replaced.

import { spawn as start } from "node:child_process";
import { createServer } from "node:net";

const RUNS = 3;

async function yields(tasks, n) {
  const steps = async () => {
    for (let i = 0; i < n / tasks; i++) await null;
  };
  await Promise.all(Array.from({ length: tasks }, steps));
}

async function spawn(n) {
  const value = async (i) => i;
  const values = await Promise.all(Array.from({ length: n }, (_, i) => value(i)));
  let sum = 0;
  for (const each of values) sum += each;
  if (sum !== (n * (n - 1)) / 2) throw new Error("wrong sum");
}

async function skynet(first, size) {
  if (size === 1) return first;
  const part = size / 10;
  const parts = await Promise.all(Array.from({ length: 10 }, (_, i) => skynet(first + i * part, part)));
  return parts.reduce((a, b) => a + b);
}

async function ring(n) {
  const tell = new Array(1000);
  const inbox = new Array(1000);
  const renew = (i) => {
    inbox[i] = new Promise((resolve) => (tell[i] = resolve));
  };
  const node = async (i) => {
    for (;;) {
      const token = await inbox[i];
      renew(i);
      if (token > -999) tell[(i + 1) % 1000](token - 1);
      if (token <= 0) return;
    }
  };
  for (let i = 0; i < 1000; i++) renew(i);
  tell[0](n);
  await Promise.all(Array.from({ length: 1000 }, (_, i) => node(i)));
}

async function suspending(n) {
  for (let i = 0; i < n; i++) await new Promise(setImmediate);
}

// Processor time of the server, for the whole of it.
async function echo(n, client) {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on("data", (data) => socket.write(data));
    socket.on("error", () => socket.destroy());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", 100, listening));
  const words = { PORT: String(server.address().port), REQUESTS: String(n) };
  const [command, ...rest] = client.map((each) => words[each] ?? each);
  const caller = start(command, rest, { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  caller.stdout.on("data", (data) => (output += data));
  await new Promise((over) => caller.on("close", over));
  if (Number(output) !== n) throw new Error("the client got " + output);
  server.close();
}

const WORKLOADS = {
  "yield-2": (n) => yields(2, n),
  "yield-1000": (n) => yields(1000, n),
  spawn,
  skynet: (n) => skynet(0, n),
  ring,
  "chain-suspending": suspending,
};

const wall = () => Number(process.hrtime.bigint());
const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
};

async function measure(work, n, clock) {
  const times = [];
  for (let i = 0; i < RUNS; i++) {
    const begin = clock();
    await work(n);
    times.push((clock() - begin) / n);
  }
  times.sort((a, b) => a - b);
  console.log(`sample ${times[RUNS >> 1]} 0`);
}

const [, , name, size, ...client] = process.argv;
const isEcho = name.startsWith("echo");
if (!(name in WORKLOADS || isEcho || name === "start-up")) process.exit(1);
if (Number(size) > 0) {
  if (name === "start-up") console.log(await new Promise((up) => setImmediate(up, "up")));
  else if (isEcho) await measure((n) => echo(n, client), Number(size), processor);
  else await measure(WORKLOADS[name], Number(size), wall);
}
