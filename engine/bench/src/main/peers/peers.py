"""Benchmarks of asyncio and uvloop: peers.py asyncio|uvloop WORKLOAD SIZE [CLIENT...] prints "sample NANOSECONDS 0".

With size 0 it only says, by its status, whether it knows the workload. The client is a command that echo servers have call
them: it gets the words PORT and REQUESTS replaced.
"""

import asyncio
import random
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


async def skynet_all(n):
    assert await skynet(0, n) == n * (n - 1) // 2


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


async def timers(n):
    """As the others: 90 % cancelled, then the last deadline passes; the time of that isn't counted."""
    loop = asyncio.get_running_loop()
    end = loop.create_future()
    fired = 0

    def fire():
        nonlocal fired
        fired += 1
        if fired == n // 10:
            end.set_result(None)

    spread = 0.5 * n / 1_000_000
    scheduled = [loop.call_later(random.random() * spread, fire) for _ in range(n)]
    for i, each in enumerate(scheduled):
        if i % 10 != 9:
            each.cancel()
    begin = time.perf_counter_ns()
    while time.perf_counter_ns() - begin < spread * 1e9:
        pass
    spun = time.perf_counter_ns() - begin
    await end
    return spun


async def echo(n, client):
    """Processor time of the server, for the whole of it."""
    async def serve(reader, writer):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    words = {"PORT": str(server.sockets[0].getsockname()[1]), "REQUESTS": str(n)}
    process = await asyncio.create_subprocess_exec(
        *[words.get(each, each) for each in client], stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    assert int(output) == n
    server.close()


async def sleepers(n):
    await asyncio.gather(*[asyncio.sleep(1 + n / 50_000) for _ in range(n)])


# The size, and what runs.
WORKLOADS = {
    "yield-2": lambda n: yields(2, n),
    "yield-1000": lambda n: yields(1000, n),
    "spawn": spawn,
    "skynet": skynet_all,
    "queue": queue,
    "ring": ring,
    "chain-suspending": chain_suspending,
    "call-soon": call_soon,
    "threadsafe": threadsafe,
    "timers": timers,
}


def measure(run, name, n):
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter_ns()
        aside = run(WORKLOADS[name](n)) or 0
        times.append((time.perf_counter_ns() - begin - aside) / n)
    return statistics.median(times)


def measure_runs(run, n):
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter_ns()
        for _ in range(n):
            run(asyncio.sleep(0))
        times.append((time.perf_counter_ns() - begin) / n)
    return statistics.median(times)


def measure_echo(run, n, client):
    times = []
    for _ in range(RUNS):
        begin = time.process_time_ns()
        run(echo(n, client))
        times.append((time.process_time_ns() - begin) / n)
    return statistics.median(times)


def main():
    kind, name, size, client = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]
    if kind == "uvloop":
        import uvloop

        run = uvloop.run
    else:
        run = asyncio.run
    if name not in WORKLOADS and name not in ("sleepers", "start-up", "run") and not name.startswith("echo"):
        sys.exit(1)
    if size == 0:
        return
    fewer = size // 10 if size >= 1_000_000 else size
    if name == "start-up":
        print(run(asyncio.sleep(0, "up")))
    elif name == "run":
        print(f"sample {measure_runs(run, size)} 0")
    elif name == "sleepers":
        run(sleepers(size))
        print(f"sample {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / size} 0")
    elif name.startswith("echo"):
        print(f"sample {measure_echo(run, size // 5, client)} 0")
    else:
        print(f"sample {measure(run, name, fewer)} 0")


main()
