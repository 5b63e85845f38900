package cofferdam.monitor.computer;

import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.guest.kernel.GuestKernel;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;

/** The memory of a computer's programs. */
record UserMemory(Computer computer, Site site) implements ProgramMemory {

    private static final String PROGRAM = "memory";
    private static final String COLLECTION = "collection";

    @Override
    public void remember(Canary secret, int pages) {
        String trouble = "";
        try {
            Downs.require(computer).remember(secret, pages);
        } catch (IOException e) {
            trouble = String.valueOf(e.getMessage());
        }
        String detail = trouble;
        String frames = frames();
        site.record(time ->
                new Event.SecretRemembered(time, computer.name(), PROGRAM, secret, frames, detail));
    }

    @Override
    public void recall() {
        String found = computer.kernel().map(GuestKernel::recall).orElse("");
        String frames = frames();
        site.record(
                time -> new Event.SecretRecalled(time, computer.name(), PROGRAM, found, frames));
    }

    @Override
    public void forget() {
        computer.kernel().ifPresent(GuestKernel::forget);
    }

    @Override
    public void hold(BitSet held, int of) {
        BitSet kept = held;
        try {
            Downs.require(computer).hold(held);
        } catch (IOException e) {
            kept = new BitSet();
        }
        byte[] bits = kept.toByteArray();
        byte[] all = Arrays.copyOf(bits, Math.ceilDiv(of, Byte.SIZE));
        String outcome = HexFormat.of().formatHex(all);
        site.record(time -> new Event.PagesHeld(time, computer.name(), COLLECTION, of, outcome));
    }

    @Override
    public Pages reserve(int count) throws IOException {
        return Downs.require(computer).reserve(count);
    }

    private String frames() {
        return computer.kernel()
                .flatMap(kernel ->
                        computer.memory().map(memory -> memory.frames(kernel.secretPages())))
                .orElse("");
    }
}
