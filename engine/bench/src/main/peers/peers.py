"""Benchmarks of asyncio and uvloop: peers.py asyncio|uvloop WORKLOAD SIZE prints "sample NANOSECONDS 0", or nothing."""

import asyncio
import resource
import statistics
import sys
import threading
import time

RUNS = 3


async def yields(tasks, n):
    async def steps():
        for _ in range(n // tasks):
            await asyncio.sleep(0)

    await asyncio.gather(*[steps() for _ in range(tasks)])


async def spawn(n):
    async def value(i):
        return i

    assert sum(await asyncio.gather(*[value(i) for i in range(n)])) == n * (n - 1) // 2


async def skynet(first, size):
    if size == 1:
        return first
    part = size // 10
    return sum(await asyncio.gather(*[skynet(first + i * part, part) for i in range(10)]))


async def queue(n):
    items = asyncio.Queue(128)

    async def produce():
        for i in range(n):
            await items.put(i)

    async def consume():
        for _ in range(n):
            await items.get()

    await asyncio.gather(produce(), consume())


async def ring(n):
    loop = asyncio.get_running_loop()
    inboxes = [loop.create_future() for _ in range(1000)]

    async def node(i):
        while True:
            token = await inboxes[i]
            inboxes[i] = loop.create_future()
            if token > -999:
                inboxes[(i + 1) % 1000].set_result(token - 1)
            if token <= 0:
                return

    inboxes[0].set_result(n)
    await asyncio.gather(*[node(i) for i in range(1000)])


async def chain_suspending(n):
    loop = asyncio.get_running_loop()
    for _ in range(n):
        posted = loop.create_future()
        loop.call_soon(posted.set_result, 1)
        await posted


async def call_soon(n):
    loop = asyncio.get_running_loop()
    end = loop.create_future()

    def callback(left):
        if left > 1:
            loop.call_soon(callback, left - 1)
        else:
            end.set_result(None)

    loop.call_soon(callback, n)
    await end


async def threadsafe(n):
    loop = asyncio.get_running_loop()
    end = loop.create_future()
    seen = 0

    def one():
        nonlocal seen
        seen += 1
        if seen == n:
            end.set_result(None)

    def post():
        for _ in range(n // 2):
            loop.call_soon_threadsafe(one)

    for _ in range(2):
        threading.Thread(target=post).start()
    await end


async def sleepers(n):
    await asyncio.gather(*[asyncio.sleep(1 + n / 50_000) for _ in range(n)])


# The size, and what runs.
WORKLOADS = {
    "yield-2": lambda n: yields(2, n),
    "yield-1000": lambda n: yields(1000, n),
    "spawn": spawn,
    "skynet": lambda n: skynet(0, n),
    "queue": queue,
    "ring": ring,
    "chain-suspending": chain_suspending,
    "call-soon": call_soon,
    "threadsafe": threadsafe,
}


def main():
    kind, name, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if kind == "uvloop":
        import uvloop

        run = uvloop.run
    else:
        run = asyncio.run
    if name == "sleepers":
        run(sleepers(size))
        print(f"sample {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / size} 0")
    elif name in WORKLOADS:
        n = size // 10 if size >= 1_000_000 else size
        times = []
        for _ in range(RUNS):
            begin = time.perf_counter_ns()
            run(WORKLOADS[name](n))
            times.append((time.perf_counter_ns() - begin) / n)
        print(f"sample {statistics.median(times)} 0")


main()
