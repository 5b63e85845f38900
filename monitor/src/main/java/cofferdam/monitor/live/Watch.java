package cofferdam.monitor.live;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A channel that the loop looks at. It begins without any interest. All methods are called on the
 * thread of the loop.
 */
public final class Watch implements AutoCloseable {

    private static final int TO_READ = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int TO_WRITE = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final RealTime time;
    private final SelectionKey key;
    private final Ready ready;
    private boolean readDue;
    private boolean writeDue;
    private boolean queued;

    Watch(RealTime time, SelectionKey key, Ready ready) {
        this.time = time;
        this.key = key;
        this.ready = ready;
    }

    /** From now on {@link Ready#readable} is called when the channel is readable, or no more. */
    public void reading(boolean wanted) {
        readDue &= wanted;
        interest(key.channel().validOps() & TO_READ, wanted);
    }

    /**
     * From now on {@link Ready#writable} is called when the channel is writable, or no more. For a
     * channel that is being connected, the call comes when the connection is made or refused.
     */
    public void writing(boolean wanted) {
        writeDue &= wanted;
        interest(TO_WRITE, false);
        interest(toWrite(key.channel()), wanted);
    }

    /** Has {@link Ready#readable} called once more, as if the channel were readable. */
    public void readAgain() {
        due(true, false);
    }

    /** Has {@link Ready#writable} called soon, as if the channel were writable. */
    public void writeSoon() {
        due(false, true);
    }

    /** Ends the watch; nothing is called afterwards. The channel stays as it is. */
    @Override
    public void close() {
        if (!key.isValid()) {
            return;
        }
        readDue = false;
        writeDue = false;
        key.cancel();
        time.forgetCancelled();
    }

    /** Whether something of it is still to be run; if so, it has to be queued again. */
    boolean runOne() {
        queued = false;
        if (readDue) {
            readDue = false;
            requeueIf(writeDue);
            ready.readable();
            return true;
        }
        if (writeDue) {
            writeDue = false;
            ready.writable();
            return true;
        }
        return false;
    }

    void selected() {
        if (key.isValid()) {
            int operations = key.readyOps() & key.interestOps();
            due((operations & TO_READ) != 0, (operations & TO_WRITE) != 0);
        }
    }

    private void due(boolean read, boolean write) {
        if (key.isValid()) {
            readDue |= read;
            writeDue |= write;
            requeueIf(readDue || writeDue);
        }
    }

    private void requeueIf(boolean wanted) {
        if (wanted && !queued) {
            queued = true;
            time.queue(this);
        }
    }

    private void interest(int operations, boolean wanted) {
        if (!key.isValid()) {
            return;
        }
        if (wanted) {
            key.interestOpsOr(operations);
            return;
        }
        key.interestOpsAnd(~operations);
    }

    private static int toWrite(SelectableChannel channel) {
        if (channel instanceof SocketChannel socket && socket.isConnectionPending()) {
            return SelectionKey.OP_CONNECT;
        }
        return channel.validOps() & SelectionKey.OP_WRITE;
    }
}
