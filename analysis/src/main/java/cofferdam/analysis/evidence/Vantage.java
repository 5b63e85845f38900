package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.pcapng.Capture;
import cofferdam.monitor.pcapng.CapturedFrame;

import java.util.ArrayList;
import java.util.List;

/**
 * What was seen from one place, each frame dissected once.
 *
 * @param name the vantage's name
 * @param file its file's name in the run's folder
 * @param inbound what its interfaces passed up, in file order
 * @param outbound what they sent, in file order
 */
public record Vantage(String name, String file, List<SeenFrame> inbound, List<SeenFrame> outbound) {

    public Vantage {
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
    }

    /** Dissects a capture. */
    public static Vantage of(String name, String file, Capture capture) {
        List<SeenFrame> inbound = new ArrayList<>();
        List<SeenFrame> outbound = new ArrayList<>();
        for (CapturedFrame frame : capture.frames()) {
            List<SeenFrame> frames = frame.direction() == Direction.INBOUND ? inbound : outbound;
            frames.add(Dissector.dissect(frame));
        }
        return new Vantage(name, file, inbound, outbound);
    }
}
