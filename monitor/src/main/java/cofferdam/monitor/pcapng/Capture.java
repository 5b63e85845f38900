package cofferdam.monitor.pcapng;

import java.util.List;

/** A whole capture, in file order. */
public record Capture(List<CaptureInterface> interfaces, List<CapturedFrame> frames) {

    public Capture {
        interfaces = List.copyOf(interfaces);
        frames = List.copyOf(frames);
    }
}
