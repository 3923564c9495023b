package heddle.tck.law;

import static heddle.dsl.Heddle.async;
import static heddle.dsl.Heddle.await;
import static heddle.dsl.Heddle.createTask;
import static heddle.dsl.Heddle.gather;

import heddle.api.CancelledError;
import heddle.api.Future;
import heddle.api.Task;
import heddle.api.network.Connection;
import heddle.api.network.Listener;
import heddle.dsl.Chain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The laws of the chapter NET. */
final class NetworkLaws {

    private static final List<Integer> SIZES = List.of(1, 2, 7, 100, 999, 5_000, 70_000);

    /** More than the system keeps for a connection. */
    private static final int MUCH = 16 * 1024 * 1024;

    private NetworkLaws() {}

    private static List<Integer> sizes(Choices c, String what) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = c.between(what, 1, 4); i > 0; i--) {
            sizes.add(c.oneOf("size", SIZES));
        }
        return sizes;
    }

    private static List<Integer> pauses(Choices c, String what) {
        List<Integer> pauses = new ArrayList<>();
        for (int i = c.between(what, 1, 3); i > 0; i--) {
            pauses.add(c.between("turns", 0, 3));
        }
        return pauses;
    }

    /** How many bytes, so that a try takes no more than some hundred operations. */
    private static int amount(Choices c, List<Integer> sizes, List<Integer> rooms) {
        int smallest = Math.min(
                sizes.stream().mapToInt(each -> each).sum() / sizes.size(),
                rooms.stream().mapToInt(each -> each).sum() / rooms.size());
        return Math.min(300_000, (smallest + 1) * c.between("operations", 1, 60));
    }

    @Law(value = "NET-1", tries = 30)
    static void bytesArriveInOrderAndOnce(Trial t, Choices c) throws Exception {
        List<Integer> sizes = sizes(c, "writes");
        List<Integer> rooms = sizes(c, "reads");
        List<Integer> writePauses = pauses(c, "pauses of the writer");
        List<Integer> readPauses = pauses(c, "pauses of the reader");
        int amount = amount(c, sizes, rooms);
        boolean bothWays = c.flag("both ways");
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            List<Chain<?>> parts = new ArrayList<>();
            for (int i = 0; i < (bothWays ? 2 : 1); i++) {
                Connection from = ends[i];
                Connection to = ends[1 - i];
                byte[] all = Wire.bytes(amount, i);
                parts.add(async(() -> Wire.send(t, from, all, sizes, writePauses)));
                parts.add(async(() -> Wire.same(t, all, Wire.receive(t, to, rooms, readPauses))));
            }
            await(gather(parts));
        });
    }

    @Law(value = "NET-2", tries = 10)
    static void cancelledReadLosesNoByte(Trial t, Choices c) throws Exception {
        List<Integer> sizes = sizes(c, "writes");
        List<Integer> rooms = sizes(c, "reads");
        List<Integer> writePauses = pauses(c, "pauses of the writer");
        List<Integer> patience = pauses(c, "patience of the reader");
        byte[] all = Wire.bytes(amount(c, sizes, rooms), 0);
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            Task<?> sender = createTask(async(() -> Wire.send(t, ends[0], all, sizes, writePauses)));
            ByteArrayOutputStream came = new ByteArrayOutputStream();
            for (int i = 0; ; i++) { // with each room, three that are cancelled and one that isn't
                ByteBuffer into = ByteBuffer.allocate(rooms.get(i / 4 % rooms.size()));
                Future<Integer> read = ends[1].read(into);
                if (i % 4 == 3) {
                    await(read);
                } else {
                    Wire.turns(patience.get(i % patience.size()));
                    read.cancel();
                }
                int position = into.position();
                came.write(into.array(), 0, position);
                Wire.turns(i % 2);
                t.equal(position, into.position(), "the position of a buffer whose read is over");
                if (!read.cancelled() && read.result() < 0) {
                    break;
                }
            }
            Wire.same(t, all, came.toByteArray());
            await(sender);
        });
    }

    @Law(value = "NET-3", tries = 20)
    static void cancelledWriteSaysHowFarItCame(Trial t, Choices c) throws Exception {
        List<Integer> rooms = sizes(c, "reads");
        List<Integer> readPauses = pauses(c, "pauses of the reader");
        List<Integer> patience = pauses(c, "patience of the writer");
        byte[] all = Wire.bytes(amount(c, rooms, rooms), 0);
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            Task<byte[]> receiver = createTask(async(() -> Wire.receive(t, ends[1], rooms, readPauses)));
            ByteBuffer from = ByteBuffer.wrap(all.clone());
            for (int i = 0; from.hasRemaining(); i++) {
                int before = from.position();
                Future<Integer> write = ends[0].write(from);
                Wire.turns(patience.get(i % patience.size()));
                if (i % 4 == 3) {
                    t.equal(all.length - before, await(write), "the result of a write");
                }
                write.cancel();
            }
            ends[0].shutdownOutput();
            Wire.same(t, all, await(receiver));
        });
    }

    @Law(value = "NET-4", tries = 10)
    static void endIsReadAgainAndAgain(Trial t, Choices c) throws Exception {
        int amount = c.oneOf("bytes", SIZES);
        int again = c.between("reads at the end", 1, 3);
        boolean closed = c.flag("closed");
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            byte[] all = Wire.bytes(amount, 0);
            Task<?> sender = createTask(async(() -> {
                await(ends[0].write(ByteBuffer.wrap(all.clone())));
                if (closed) {
                    ends[0].close();
                } else {
                    ends[0].shutdownOutput();
                }
            }));
            Wire.same(t, all, Wire.receive(t, ends[1], List.of(1000), List.of(0)));
            for (int i = 0; i < again; i++) {
                t.equal("-1", Trial.outcome(() -> await(ends[1].read(ByteBuffer.allocate(1)))), "a read at the end");
            }
            await(sender);
        });
    }

    @Law(value = "NET-5", tries = 10)
    static void halfCloseLeavesTheOtherHalfOpen(Trial t, Choices c) throws Exception {
        int amount = c.oneOf("bytes", SIZES);
        int first = c.between("who ends first", 0, 1);
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            Connection ending = ends[first];
            Connection other = ends[1 - first];
            byte[] all = Wire.bytes(amount, 0);
            ending.shutdownOutput();
            t.equal(
                    "-1",
                    Trial.outcome(() -> await(other.read(ByteBuffer.allocate(1)))),
                    "a read after the peer's end");
            t.check(ending.isOpen() && other.isOpen(), "both ends are still open");
            Task<byte[]> receiver = createTask(async(() -> Wire.receive(t, ending, List.of(1000), List.of(0))));
            Wire.send(t, other, all, List.of(amount), List.of(0));
            Wire.same(t, all, await(receiver));
        });
    }

    @Law(value = "NET-6", tries = 10)
    static void secondOperationIsRefused(Trial t, Choices c) throws Exception {
        String which = c.oneOf("which", List.of("read", "write", "accept"));
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            switch (which) {
                case "read" -> {
                    ByteBuffer into = ByteBuffer.allocate(1);
                    Future<Integer> read = ends[0].read(into);
                    t.refused(IllegalStateException.class, () -> ends[0].read(ByteBuffer.allocate(1)), "a second read");
                    await(ends[1].write(ByteBuffer.wrap(new byte[] {7})));
                    t.equal(1, await(read), "the first read");
                    t.equal((byte) 7, into.get(0), "the byte that it read");
                }
                case "write" -> {
                    Future<Integer> write = ends[0].write(ByteBuffer.wrap(new byte[MUCH]));
                    t.check(!write.done(), "a large write is pending");
                    t.refused(
                            IllegalStateException.class,
                            () -> ends[0].write(ByteBuffer.wrap(new byte[1])),
                            "a second write");
                    t.check(!write.done(), "the first write goes on");
                    write.cancel();
                }
                default -> {
                    Future<Connection> accept = wire.listener.accept();
                    t.refused(IllegalStateException.class, wire.listener::accept, "a second accept");
                    wire.keep(await(wire.network.connect(wire.listener.localAddress())));
                    wire.keep(await(accept));
                }
            }
        });
    }

    private static void closed(Trial t, Future<?> operation, String what) {
        String outcome = operation.done() ? Trial.words(error(operation)) : "pending";
        t.check(outcome.startsWith("Closed"), what + " fails with ClosedChannelException, but it is: " + outcome);
    }

    private static @Nullable Throwable error(Future<?> operation) {
        Throwable thrown = Trial.thrownBy(operation::result);
        return thrown instanceof ClosedChannelException ? new ClosedChannelException() : thrown;
    }

    @Law(value = "NET-7", tries = 5)
    static void closeFailsWhatIsPending(Trial t, Choices c) throws Exception {
        int end = c.between("which end", 0, 1);
        int turns = c.between("turns", 0, 3);
        Wire.run(t, wire -> {
            Connection connection = wire.pair()[end];
            Future<Integer> read = connection.read(ByteBuffer.allocate(1));
            Future<Integer> write = connection.write(ByteBuffer.wrap(new byte[MUCH]));
            Future<Connection> accept = wire.listener.accept();
            int[] told = new int[1];
            for (Future<?> each : List.of(read, write, accept)) {
                each.addDoneCallback(done -> told[0]++);
            }
            Wire.turns(turns);
            connection.close();
            wire.listener.close();
            connection.close();
            Wire.turns(3);
            closed(t, read, "the pending read");
            closed(t, write, "the pending write");
            closed(t, accept, "the pending accept");
            t.equal(3, told[0], "outcomes that were told");
            closed(t, connection.read(ByteBuffer.allocate(1)), "a later read");
            closed(t, connection.write(ByteBuffer.allocate(1)), "a later write");
            closed(t, wire.listener.accept(), "a later accept");
            t.check(!connection.isOpen() && !wire.listener.isOpen(), "they say that they are closed");
        });
    }

    @Law(value = "NET-8", tries = 10)
    static void resetArrivesAtTheReadAndNowhereElse(Trial t, Choices c) throws Exception {
        boolean pending = c.flag("a read is pending");
        int others = c.between("others", 1, 3);
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            List<Connection[]> bystanders = new ArrayList<>();
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < others; i++) {
                Connection[] each = wire.pair();
                bystanders.add(each);
                reads.add(each[0].read(ByteBuffer.allocate(1)));
            }
            Future<Integer> read = pending ? ends[0].read(ByteBuffer.allocate(1)) : null;
            ends[1].setOption(StandardSocketOptions.SO_LINGER, 0);
            ends[1].close();
            Future<Integer> told = read == null ? ends[0].read(ByteBuffer.allocate(1)) : read;
            IOException error =
                    t.refused(IOException.class, () -> await(told), "the read of a connection that was reset");
            t.check(!(error instanceof ClosedChannelException), "a reset isn't called a close on this side");
            for (int i = 0; i < others; i++) {
                t.check(!reads.get(i).done(), "a read of another connection goes on");
                await(bystanders.get(i)[1].write(ByteBuffer.wrap(new byte[1])));
                t.equal(1, await(reads.get(i)), "a read of another connection");
            }
        });
        t.equal(List.of(), t.reports(), "reports");
    }

    @Law(value = "NET-9", tries = 5)
    static void refusedConnectNamesTheAddress(Trial t, Choices c) throws Exception {
        int attempts = c.between("attempts", 1, 3);
        Wire.run(t, wire -> {
            Listener gone = wire.network.listen(Wire.here(0), 1, true);
            InetSocketAddress address = (InetSocketAddress) gone.localAddress();
            gone.close();
            for (int i = 0; i < attempts; i++) {
                ConnectException e = t.refused(
                        ConnectException.class,
                        () -> wire.keep(await(wire.network.connect(address))),
                        "a connect where nobody listens");
                String message = String.valueOf(e.getMessage());
                t.check(
                        message.contains(String.valueOf(address.getPort())),
                        "the message names the address: " + message);
            }
        });
    }

    @Law(value = "NET-10", tries = 5)
    static void cancelledAcceptLosesNoConnection(Trial t, Choices c) throws Exception {
        int clients = c.between("clients", 1, 4);
        int patience = c.between("patience", 0, 2);
        Wire.run(t, wire -> {
            wire.listener.accept().cancel();
            for (int i = 0; i < clients; i++) {
                Connection client = await(wire.network.connect(wire.listener.localAddress()));
                wire.keep(client);
                Future<Connection> impatient = wire.listener.accept();
                Wire.turns(patience);
                impatient.cancel();
                Connection server = impatient.cancelled() ? accepted(t, wire) : impatient.result();
                wire.keep(server);
                await(client.write(ByteBuffer.wrap(new byte[] {(byte) i})));
                ByteBuffer into = ByteBuffer.allocate(1);
                await(server.read(into));
                t.equal((byte) i, into.get(0), "what the client of the accepted connection sent");
            }
        });
    }

    private static Connection accepted(Trial t, Wire wire) throws Exception {
        Future<Connection> accept = wire.listener.accept();
        wire.loop.callLater(3, accept::cancel);
        try {
            return await(accept);
        } catch (CancelledError e) {
            throw t.fail("an accept after one that was cancelled gets no connection");
        }
    }

    @Law(value = "NET-11", tries = 3)
    static void writeWaitsForASlowReader(Trial t, Choices c) throws Exception {
        int turns = c.between("turns", 5, 50);
        Wire.run(t, wire -> {
            Connection[] ends = wire.pair();
            ByteBuffer from = ByteBuffer.wrap(new byte[MUCH]);
            Future<Integer> write = ends[0].write(from);
            Wire.turns(turns);
            t.check(!write.done() && from.hasRemaining(), "a write of 16 MiB that nobody reads is pending");
            write.cancel();
        });
    }

    @Law(value = "NET-12", tries = 5)
    static void portInUseIsRefused(Trial t, Choices c) throws Exception {
        boolean reuse = c.flag("reuseAddress");
        Wire.run(t, wire -> {
            InetSocketAddress address = (InetSocketAddress) wire.listener.localAddress();
            t.check(address.getPort() > 0, "the chosen port is said");
            t.refused(
                    BindException.class,
                    () -> wire.network.listen(address, 1, reuse).close(),
                    "listening where somebody listens");
        });
    }
}
