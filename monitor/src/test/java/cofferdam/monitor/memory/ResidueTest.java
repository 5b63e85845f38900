package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;

/** What one guest had and another finds. */
class ResidueTest {

    private static final String CANARY = "canary-0123456789";

    private static void hide(GuestMemory memory, int page) {
        byte[] secret = CANARY.getBytes(StandardCharsets.US_ASCII);
        memory.write((long) page * Bed.PAGE + 300, secret, 0, secret.length);
    }

    private static boolean holdsCanary(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(CANARY);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void theNextGuestFindsWhatTheLastOneLeftUnlessItIsCleared(boolean allocate, boolean free)
            throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().zeroOnAllocate(allocate).zeroOnFree(free))) {
            GuestMemory first = bed.guest("vm1", 4);
            hide(first, 2);
            String frames = first.frames();
            first.release();
            GuestMemory second = bed.guest("vm2", 4);
            boolean found = holdsCanary(Bed.get(second, 0));
            assertThat(second.frames()).as("the same frame").isEqualTo(frames);
            assertThat(found).isEqualTo(!allocate && !free);
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true"})
    void whatTheBalloonGaveComesToAnotherGuest(boolean allocate, boolean free) throws Exception {
        Rules rules = Rules.plain().balloon().zeroOnAllocate(allocate).zeroOnFree(free);
        try (Bed bed = new Bed(16, rules)) {
            GuestMemory first = bed.guest("vm1", 4, new Bed.WillingBalloon(4));
            GuestMemory second = bed.guest("vm2", 4);
            hide(first, 3);
            String released = first.reclaim(1, Means.BALLOON);
            assertThat(released).isEqualTo("0");
            boolean found = holdsCanary(Bed.get(second, 1));
            assertThat(second.frames()).isEqualTo(released);
            assertThat(found).isEqualTo(!allocate && !free);
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true"})
    void theFrameOfASwappedPageComesToAnotherGuest(boolean allocate, boolean free)
            throws Exception {
        Rules rules =
                Rules.plain().swap(Swap.ENCRYPTED).zeroOnAllocate(allocate).zeroOnFree(free);
        try (Bed bed = new Bed(16, rules)) {
            GuestMemory first = bed.guest("vm1", 4);
            GuestMemory second = bed.guest("vm2", 4);
            hide(first, 3);
            assertThat(first.reclaim(4096, Means.SWAP)).isEqualTo("0");
            boolean found = holdsCanary(Bed.get(second, 0));
            assertThat(found).isEqualTo(!allocate && !free);
            assertThat(holdsCanary(Bed.get(first, 3)))
                    .as("the owner has it still")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theFrameThatSharingSavesIsClearedAsAnyOther(boolean free) throws Exception {
        Rules rules = Rules.plain().sharing(Sharing.INTRA_VM).zeroOnFree(free);
        try (Bed bed = new Bed(16, rules)) {
            GuestMemory first = bed.guest("vm1", 4);
            GuestMemory second = bed.guest("vm2", 4);
            Bed.put(first, 0, Bed.page(0));
            Bed.put(first, 1, Bed.page(0));
            hide(first, 0);
            hide(first, 1);
            bed.host.scan(8);
            assertThat(bed.host.usage().shared()).isEqualTo(4096);
            assertThat(holdsCanary(Bed.get(second, 0))).isEqualTo(!free);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Swap.class,
            names = {"PLAIN", "ENCRYPTED"})
    void thePlainSwapFileKeepsWhatItHeldAndTheEncryptedOneNeverHoldsIt(Swap swap) throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().swap(swap))) {
            GuestMemory memory = bed.guest("vm1", 4);
            hide(memory, 1);
            assertThat(holdsCanary(bed.swap.toByteArray())).isFalse();
            memory.reclaim(4096, Means.SWAP);
            boolean readable = swap == Swap.PLAIN;
            assertThat(holdsCanary(bed.swap.toByteArray())).isEqualTo(readable);
            assertThat(holdsCanary(Bed.get(memory, 1))).isTrue();
            assertThat(bed.host.usage().swapped()).isZero();
            assertThat(holdsCanary(bed.swap.toByteArray())).isEqualTo(readable);
            memory.release();
            assertThat(holdsCanary(bed.swap.toByteArray())).isEqualTo(readable);
        }
    }
}
