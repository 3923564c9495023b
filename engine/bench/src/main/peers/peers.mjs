// Benchmarks of Node: peers.mjs WORKLOAD SIZE prints "sample NANOSECONDS 0", or nothing.

const RUNS = 5;

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

const WORKLOADS = {
  "yield-2": (n) => yields(2, n),
  "yield-1000": (n) => yields(1000, n),
  spawn,
  skynet: (n) => skynet(0, n),
  ring,
};

const [, , name, size] = process.argv;
if (name in WORKLOADS) {
  const times = [];
  for (let i = 0; i < RUNS; i++) {
    const begin = process.hrtime.bigint();
    await WORKLOADS[name](Number(size));
    times.push(Number(process.hrtime.bigint() - begin) / Number(size));
  }
  times.sort((a, b) => a - b);
  console.log(`sample ${times[RUNS >> 1]} 0`);
}
