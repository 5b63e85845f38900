package cofferdam.analysis.evidence;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.pcapng.Capture;
import cofferdam.monitor.pcapng.CapturedFrame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What was seen from one place, each frame dissected once.
 *
 * @param name the vantage's name
 * @param file its file's name in the run's folder
 * @param inbound what could be seen of others: what the interfaces passed up, and whatever left by
 *     an interface that is not the machine's own, such as one that a host shares among its guests;
 *     in file order
 * @param outbound what the machine itself sent, by its own interface; in file order
 */
public record Vantage(String name, String file, List<SeenFrame> inbound, List<SeenFrame> outbound) {

    public Vantage {
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
    }

    /**
     * Dissects a capture.
     *
     * @param own the address of the machine's own interface, or null for a wire that is no
     *     machine's
     */
    public static Vantage of(String name, String file, Capture capture, @Nullable MacAddress own) {
        List<SeenFrame> inbound = new ArrayList<>();
        List<SeenFrame> outbound = new ArrayList<>();
        for (CapturedFrame frame : capture.frames()) {
            boolean isOwn = frame.direction() == Direction.OUTBOUND
                    && capture.interfaces()
                            .get(frame.interfaceNumber())
                            .address()
                            .equals(own);
            (isOwn ? outbound : inbound).add(Dissector.dissect(frame));
        }
        return new Vantage(name, file, inbound, outbound);
    }
}
